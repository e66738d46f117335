package dev.sluice.bench;

import dev.sluice.sandbox.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.logging.FileHandler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Runs the bench that {@code -Dbench=} names. Exit codes: 0 measured, aims met or not; 1 could not be measured. */
public final class Main {
    private static final int NOT_MEASURED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        // nothing that a bench starts may outlive the command that started the bench
        ParentWatch.endWithParent();
        System.exit(run());
    }

    private static int run() {
        try {
            var bench = Benches.named(System.getProperty("bench", "latency"));
            var settings = BenchSettings.fromSystemProperties(bench.defaults());
            logTo(settings);
            var rows = bench.run(settings, System.out::println);
            Results.write(settings.results(), rows);
            System.out.printf("%n%s%nRows: %s%n", Results.table(rows), settings.results());
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOT_MEASURED;
        } catch (IOException | RuntimeException e) {
            System.err.println("Not measured: " + e.getMessage());
            System.getLogger(Main.class.getName()).log(System.Logger.Level.ERROR, "not measured", e);
            return NOT_MEASURED;
        }
    }

    /** The parts' logs go to a file, so that the terminal shows the bench alone. */
    private static void logTo(BenchSettings settings) throws IOException {
        var file = settings.root().resolve("bench/target/bench.log");
        Files.createDirectories(file.getParent());
        LogManager.getLogManager().reset();
        var handler = new FileHandler(file.toString());
        handler.setFormatter(new SimpleFormatter());
        Logger.getLogger("").addHandler(handler);
    }
}
