package dev.sluice.triggers.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class DefinitionTest {
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
