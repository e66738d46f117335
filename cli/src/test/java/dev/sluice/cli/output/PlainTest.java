package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void letsNoTextOfOthersSteerTheTerminal() {
        assertThat(Plain.of("a\u001b[2Jb\u001b]52;c;ZWNobw==\u0007c\rd\u009b3Ae"))
                .isEqualTo("a [2Jb ]52;c;ZWNobw== c d 3Ae");
    }

    @Test
    void keepsLinesAndItsOwnColours() {
        assertThat(Plain.of("one\n\u001b[32mtwo\u001b[0m\n")).isEqualTo("one\n\u001b[32mtwo\u001b[0m\n");
    }
}
