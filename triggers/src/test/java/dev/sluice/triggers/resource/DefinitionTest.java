package dev.sluice.triggers.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "ab",
                "shop/checkout",
                "a//b",
                ".",
                "-a",
                "a.b-c/9",
                "",
                "/",
                "/a",
                "a/",
                "A",
                "a_b",
                "a b",
                "shop/${x}",
                "ä"
            })
    void anApplicationIsWhatTheEngineReads(String application) throws IOException {
        assertThat(application.matches(Definition.APPLICATION)).isEqualTo(application.matches(engines()));
    }

    @ParameterizedTest
    @ValueSource(ints = {252, 253, 254})
    void anApplicationIsAsLongAsTheEngineReads(int length) throws IOException {
        // given
        var application = "a".repeat(length);

        // then
        assertThat(application.matches(Definition.APPLICATION)).isEqualTo(application.matches(engines()));
    }

    private static String engines() throws IOException {
        try (var schema = DefinitionTest.class.getResourceAsStream("/dev/sluice/schemas/rollout-file.schema.json")) {
            return Json.mapper()
                    .readTree(schema)
                    .at("/properties/application/pattern")
                    .textValue();
        }
    }

    @Test
    void theDefinitionThatIsCommittedIsTheGeneratedOne() throws IOException {
        // given
        var generated = Definition.yaml();
        if (Boolean.getBoolean("definition.write")) {
            Files.createDirectories(Definition.COMMITTED.getParent());
            Files.writeString(Definition.COMMITTED, generated);
        }

        // when
        var committed = Files.readString(Definition.COMMITTED);

        // then
        assertThat(committed).isEqualTo(generated);
        // kubectl keeps what it applied in an annotation of at most 256 KiB, unless told to apply on the server
        assertThat(generated.length()).isLessThan(1 << 20);
    }
}
