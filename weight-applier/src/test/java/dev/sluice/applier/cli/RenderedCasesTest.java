package dev.sluice.applier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Marks;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The meshes' cases, once more: what is rendered is what is written. */
class RenderedCasesTest {
    private static final Path ROOT = Path.of("src/test/resources/mesh");

    /** Of an order, and of nothing that can be asked for here. */
    private static final Set<String> ORDERED =
            Set.of("begin", "named", "ownership", "version", "match", "mirror", "sessionAffinity");

    @TestFactory
    @DisplayName("every mesh's objects are rendered as they are written, without marks")
    Stream<DynamicTest> cases() {
        return folders(ROOT)
                .flatMap(mesh ->
                        folders(mesh).map(folder -> new Case(mesh.getFileName().toString(), folder)))
                .filter(Case::canBeAsked)
                .map(known -> dynamicTest(known.mesh() + "/" + known.folder().getFileName(), known::check));
    }

    private record Case(String mesh, Path folder) {
        boolean canBeAsked() {
            var order = order();
            return Files.exists(folder.resolve("out-object.yaml"))
                    && order.text("weight") == null
                    && order.at("weight") != null
                    // of what is written in several steps the end is rendered
                    && !(text("in-object.yaml") + text("out-object.yaml")).contains("sluice.dev/scaling-")
                    // what an abort does all the same is not rendered
                    && !text("out-sight.yaml").contains("unfit:")
                    && ORDERED.stream().noneMatch(key -> order.at(key) != null);
        }

        void check() throws Refused {
            // when
            var spoken = Spoken.of(text("in-object.yaml"), words());

            // then
            assertThat(spoken.err()).isEmpty();
            assertThat(Manifests.read(spoken.out()))
                    .isEqualTo(read("out-object.yaml").stream()
                            // what is removed isn't rendered
                            .filter(document -> document.at("deleted") == null)
                            .map(Marks::without)
                            .toList());
        }

        private String[] words() {
            var order = order();
            var entry = order.at("entry") == null ? "{rootServiceName: checkout}" : json(order.at("entry"));
            var words = new ArrayList<>(List.of("render", "--namespace", "shop", "--cluster", "prod"));
            words.addAll(List.of("--mesh", mesh, "--entry", entry, "--weight", json(order.at("weight"))));
            if (order.at("active") != null) {
                words.addAll(List.of("--active", order.text("active")));
            }
            return words.toArray(String[]::new);
        }

        private Document order() {
            return read("in-order.yaml").getFirst();
        }

        private List<Document> read(String file) {
            try {
                return Manifests.read(text(file));
            } catch (Refused e) {
                throw new AssertionError(folder + ": " + file, e);
            }
        }

        /** Empty where it isn't there. */
        private String text(String file) {
            try {
                var path = folder.resolve(file);
                return Files.exists(path) ? Files.readString(path) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String json(Object value) {
        return Json.mapper().valueToTree(value).toString();
    }

    private static Stream<Path> folders(Path in) {
        try (var folders = Files.list(in)) {
            return folders.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
