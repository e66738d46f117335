package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubleTest {
    @TempDir
    Path folder;

    @Test
    void onlyLinesSinceTheLastTimeAreCounted() throws IOException {
        // given
        var log = folder.resolve("applier.log");
        Files.writeString(log, "WARN the API server can't be reached\n");
        var trouble = new Trouble(log);

        // when
        Files.writeString(
                log,
                "WARN the API server can't be reached\nINFO applied\nWARN the API server answered 429: later\n",
                StandardOpenOption.APPEND);

        // then
        assertThat(trouble.lines()).isEqualTo(2);
        assertThat(trouble.lines()).isZero();
    }

    @Test
    void aRefusalForAnotherReasonIsNoOverload() throws IOException {
        // given
        var log = Files.createFile(folder.resolve("applier.log"));
        var trouble = new Trouble(log);

        // when
        Files.writeString(log, "WARN the API server answered 403: no right\n");

        // then
        assertThat(trouble.lines()).isZero();
    }
}
