package dev.sluice.bench.gate;

import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What open analyses take of the heap: the same events are read twice, each time by a JVM of its own, with all analyses open and
 * with none.
 */
final class HeapOfAnalyses {
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;
    private static final double BYTES_PER_KIBIBYTE = 1 << 10;

    private final Course course;
    private final BenchSettings settings;

    /** @param course whose topic is written */
    HeapOfAnalyses(Course course, BenchSettings settings) {
        this.course = course;
        this.settings = settings;
    }

    List<Row> rows(String bench, Consumer<String> say) throws InterruptedException {
        var without = usedBytes(course.withAnalyses(0));
        var with = usedBytes(course);
        var words = String.format(Locale.ROOT, "gate, %,d open analyses: ", course.analyses());
        say.accept(String.format(
                Locale.ROOT, "heap after a collection: %,d bytes with no analysis, %,d with all", without, with));
        var none = new Row.Reference("the same windows with no open analysis", without / BYTES_PER_MEBIBYTE);
        return List.of(
                Row.of(bench, words + "heap", with / BYTES_PER_MEBIBYTE, "MiB", none, null),
                Row.alone(
                        bench,
                        words + "heap for each",
                        (with - without) / BYTES_PER_KIBIBYTE / course.analyses(),
                        "KiB",
                        null));
    }

    private long usedBytes(Course of) throws InterruptedException {
        var log = settings.folder().resolve("logs/gate-heap.log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + settings.root().resolve("metrics-gate/jvm.options"));
        command.addAll(List.of("-Xmx2g", "-cp", System.getProperty("java.class.path"), HeapMain.class.getName()));
        command.addAll(List.of(of.words().split(" ")));
        try {
            Files.createDirectories(log.getParent());
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                var told = output.readLine();
                if (told == null) {
                    throw new IllegalStateException("the JVM whose heap is measured ended; see " + log);
                }
                return Long.parseLong(told);
            } finally {
                process.waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the JVM whose heap is measured could not be run; see " + log, e);
        }
    }
}
