package dev.sluice.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/each-mesh.md: each mesh's object is one that a rollout can begin with, and that its entry moves. */
class EachMeshPageTest {
    private static final Path PAGE = Path.of("../docs/each-mesh.md");
    private static final Pattern EXAMPLE = Pattern.compile(
            "^```yaml\n(?<part>.*?)^```\n\n(?:```yaml object\n(?<object>.*?)^```$)?",
            Pattern.MULTILINE | Pattern.DOTALL);

    /** @param object what is in the cluster before; empty where Sluice makes it */
    record Shown(String mesh, JsonNode entry, String object) {
        @Override
        public String toString() {
            return mesh;
        }

        /** Whole ones come to nothing else, and a selector is switched altogether. */
        int weight() {
            return mesh.equals("kubernetes") ? 100 : 50;
        }

        Spoken at(int weight) {
            return Spoken.of(
                    object,
                    "render",
                    "--mesh",
                    mesh,
                    "--entry",
                    entry.toString(),
                    "--weight",
                    Integer.toString(weight));
        }
    }

    static List<Shown> shown() throws Exception {
        var shown = new ArrayList<Shown>();
        for (var example :
                EXAMPLE.matcher(Files.readString(PAGE) + "\n").results().toList()) {
            var routes = YamlTree.parse(example.group("part")).at("/trafficManagement/0");
            var mesh = routes.fieldNames().next();
            var object = example.group("object");
            shown.add(new Shown(mesh, routes.path(mesh).path(0), object == null ? "" : object));
        }
        return shown;
    }

    @Test
    void everyMeshHasOneAndIsAHeading() throws Exception {
        assertThat(shown()).extracting(Shown::mesh).containsExactlyInAnyOrderElementsOf(MeshEntries.names());
        assertThat(shown()).allSatisfy(it -> assertThat(Files.readString(PAGE)).contains("\n## " + it.mesh() + "\n"));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void itsObjectIsMovedAndIsAsItWasAtZero(Shown it) throws Exception {
        // when
        var moved = it.at(it.weight());
        var back = it.at(0);

        // then
        assertThat(moved.err()).isEmpty();
        assertThat(moved.code()).isZero();
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(objects(moved.out())).isNotEmpty().isNotEqualTo(objects(back.out()));
        if (!it.object().isEmpty() && !it.mesh().equals("ingressNginx")) {
            assertThat(objects(it.object())).containsAll(objects(back.out()));
        }
    }

    private static List<JsonNode> objects(String yaml) throws IOException, Refused {
        var objects = new ArrayList<JsonNode>();
        for (var document : Manifests.read(yaml)) {
            objects.add(Json.mapper().valueToTree(document.content()));
        }
        return objects;
    }
}
