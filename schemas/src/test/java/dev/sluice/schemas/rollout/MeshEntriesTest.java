package dev.sluice.schemas.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MeshEntriesTest {

    static Stream<MeshEntry> all() {
        return MeshEntries.all().stream();
    }

    @Test
    @DisplayName("every entry class is found: it is listed in META-INF/services")
    void everyClassIsFound() throws Exception {
        assertThat(MeshEntries.all().stream().map(MeshEntry::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(classes());
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("every mesh has a JSON Schema for its entries")
    void everyMeshHasASchema(MeshEntry mesh) throws IOException {
        var schema = meshes().path(mesh.name());

        assertThat(schema.path("description").asText()).isNotBlank();
        assertThat(schema.path("items").path("properties").isEmpty())
                .as("the keys of an entry of " + mesh.name())
                .isFalse();
        assertThat(schema.path("items").path("additionalProperties").asBoolean(true))
                .as("an unknown key is refused")
                .isFalse();
    }

    @Test
    @DisplayName("entries that lack what they need are read by none, and break none")
    void nothingIsReadFromNothing() {
        for (var mesh : MeshEntries.all()) {
            assertThat(mesh.read(Json.mapper().createObjectNode()))
                    .as(mesh.name())
                    .isEmpty();
        }
    }

    private static JsonNode meshes() throws IOException {
        try (var schema = MeshEntry.class.getResourceAsStream("/dev/sluice/schemas/rollout-file.schema.json")) {
            return Json.mapper()
                    .readTree(schema)
                    .path("$defs")
                    .path("trafficManagement")
                    .path("properties");
        }
    }

    private static List<Class<? extends MeshEntry>> classes() throws IOException, URISyntaxException {
        var folder = Path.of(MeshEntry.class.getResource(".").toURI());
        try (var files = Files.list(folder)) {
            var found = new TreeSet<String>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .forEach(name -> found.add(name.replace(".class", "")));
            return found.stream()
                    .map(MeshEntriesTest::loaded)
                    .filter(type -> MeshEntry.class.isAssignableFrom(type) && !type.isInterface())
                    .<Class<? extends MeshEntry>>map(type -> type.asSubclass(MeshEntry.class))
                    .toList();
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(MeshEntry.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
