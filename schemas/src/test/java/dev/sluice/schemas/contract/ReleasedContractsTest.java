package dev.sluice.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is published breaks with nothing that was released. {@code -Dcontracts.release=<version>} makes the copy of a version; what counts as
 * a break, and what to do about one, is told in docs/contracts.md.
 */
class ReleasedContractsTest {
    private static final String HELP =
            "%s of version %s breaks with those who were built upon it: docs/contracts.md#when-the-build-says-so";

    @BeforeAll
    static void release() throws IOException {
        var version = System.getProperty("contracts.release");
        if (version != null) {
            new Release(version).make(Release.inDevelopment());
        }
    }

    static List<Release> releases() throws IOException {
        return Release.all();
    }

    static Stream<Arguments> schemas() throws IOException {
        return releases().stream()
                .flatMap(release -> Contracts.schemas().stream()
                        .filter(word -> Files.exists(release.file(word + ".schema.json")))
                        .map(word -> Arguments.of(release, word)));
    }

    static Stream<Arguments> services() throws IOException {
        return releases().stream()
                .flatMap(release -> Contracts.OVER_HTTP.stream()
                        .filter(service -> Files.exists(release.openApi(service)))
                        .map(service -> Arguments.of(release, service)));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aSchemaBreaksWithNobody(Release release, String word) throws IOException {
        // given
        var before = json(release.file(word + ".schema.json"));
        var now = json(Contracts.SCHEMAS.resolve(word + ".schema.json"));
        // when
        var breaks = new ArrayList<Break>();
        Contracts.views(word).forEach(view -> breaks.addAll(SchemaBreaks.between(before, now, view)));
        // then
        assertThat(breaks).as(HELP, word + ".schema.json", release.version()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void theTopicsBreakWithNobody(Release release) throws IOException {
        // when
        var breaks = TopicBreaks.between(
                yaml(release.file("asyncapi.yaml")), yaml(Contracts.SCHEMAS.resolve("asyncapi.yaml")));
        // then
        assertThat(breaks).as(HELP, "asyncapi.yaml", release.version()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("services")
    void theHttpOfAServiceBreaksWithNobody(Release release, String service) throws IOException {
        // when
        var breaks = HttpBreaks.between(yaml(release.openApi(service)), yaml(Contracts.openApi(service)));
        // then
        assertThat(breaks)
                .as(HELP, service + "'s openapi.yaml", release.version())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void nothingReleasedIsMissingNow(Release release) throws IOException {
        try (var files = Files.list(Contracts.RELEASED.resolve(release.version()))) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getFileName))
                    .allSatisfy(
                            name -> assertThat(Contracts.SCHEMAS.resolve(name)).exists());
        }
        try (var files = Files.list(release.file("openapi"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .isSubsetOf(Contracts.OVER_HTTP);
        }
    }

    @Test
    void whatIsOutIsNotCopiedAgain() {
        // given
        var out = new Release("0.1.0");
        // then
        assertThatThrownBy(() -> out.make("0.2.0")).hasMessageContaining("0.1.0 is released and stays as it is");
        assertThatThrownBy(() -> new Release("../0.1.0")).hasMessageContaining("is no version");
    }

    @Test
    void whatWasReleasedNeverChanges() throws IOException {
        assertThat(Release.sums()).isNotEmpty().isEqualTo(Files.readAllLines(Release.SUMS));
    }

    private static JsonNode json(Path file) throws IOException {
        return Json.mapper().readTree(file.toFile());
    }

    private static JsonNode yaml(Path file) throws IOException {
        return Yaml.read(Files.readString(file));
    }
}
