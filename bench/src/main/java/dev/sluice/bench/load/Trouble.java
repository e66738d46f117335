package dev.sluice.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Counts what the applier's log says of calls that the API server did not take: refused for overload, or not reached. */
final class Trouble {
    private static final Pattern WORDS =
            Pattern.compile("can't be reached|API server answered (429|503|504)|[Tt]oo [Mm]any [Rr]equests");

    private final Path log;
    private long position;

    /** From now on. */
    Trouble(Path log) {
        this.log = log;
        this.position = log.toFile().length();
    }

    /** Lines since the last time. */
    long lines() {
        try (var file = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
            // Bytes and characters differ by what is not ASCII, which a log in English has little of.
            file.skip(position);
            position = log.toFile().length();
            return file.lines().filter(line -> WORDS.matcher(line).find()).count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
