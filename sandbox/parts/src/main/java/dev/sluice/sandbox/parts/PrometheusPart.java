package dev.sluice.sandbox.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Prometheus server as a child process, which ends with this JVM and leaves nothing behind. */
public final class PrometheusPart implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;

    private final Folder folder;
    private final Process process;
    private final Thread hook;
    private final int port;

    private PrometheusPart(Folder folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
        this.hook = new Thread(process::destroyForcibly, "ends-prometheus");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether it can be started here, its package being downloaded where there is Debian's {@code apt-get}. Says why not. */
    public static boolean available() {
        if (PrometheusBinaries.folder().isPresent()) {
            return true;
        }
        Containers.say("Prometheus", "NONE HERE: not on the PATH, and `apt-get download prometheus` brought none");
        return false;
    }

    /**
     * Starts a server on a free port.
     *
     * @param openMetrics samples with their times in OpenMetrics' text format, which it holds from the beginning; empty for
     *     none
     * @param targets {@code host:port} of what it scrapes each second at {@code /metrics}
     */
    public static PrometheusPart start(String openMetrics, List<String> targets) {
        return start(openMetrics, settings(targets));
    }

    /** Starts a server on a free port with settings of one's own, as in {@code prometheus.yml}. */
    public static PrometheusPart with(String settings) {
        return start("", settings);
    }

    private static PrometheusPart start(String openMetrics, String settings) {
        var binaries = PrometheusBinaries.folder()
                .orElseThrow(
                        () -> new IllegalStateException("no Prometheus here: neither on the PATH nor from apt-get"));
        var folder = Folder.temporary("prometheus");
        try {
            return start(binaries, folder, openMetrics, settings);
        } catch (IOException e) {
            folder.discard();
            throw new UncheckedIOException("Prometheus could not be started", e);
        } catch (RuntimeException e) {
            folder.discard();
            throw e;
        }
    }

    private static PrometheusPart start(Path binaries, Folder folder, String openMetrics, String settings)
            throws IOException {
        var data = folder.path().resolve("data");
        if (!openMetrics.isEmpty()) {
            var samples = Files.writeString(folder.path().resolve("samples"), openMetrics);
            run(
                    folder.path().resolve("promtool.log"),
                    List.of(
                            binaries.resolve("promtool").toString(),
                            "tsdb",
                            "create-blocks-from",
                            "openmetrics",
                            samples.toString(),
                            data.toString()));
        }
        var file = Files.writeString(folder.path().resolve("prometheus.yml"), settings);
        var port = FreePort.any();
        var process = new ProcessBuilder(
                        binaries.resolve("prometheus").toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + data,
                        // samples given may be of any time
                        "--storage.tsdb.retention.time=100y",
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.path().resolve("prometheus.log").toFile())
                .start();
        var part = new PrometheusPart(folder, process, port);
        try {
            part.awaitReady();
            return part;
        } catch (RuntimeException e) {
            part.close();
            throw e;
        }
    }

    private static String settings(List<String> targets) {
        return targets.isEmpty()
                ? "global: {}\n"
                : """
                  global: {scrape_interval: 1s}
                  scrape_configs:
                    - {job_name: test, honor_labels: true, static_configs: [{targets: [%s]}]}
                  """.formatted(String.join(
                        ", ", targets.stream().map("'%s'"::formatted).toList()));
    }

    private static void run(Path log, List<String> command) throws IOException {
        var tool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!tool.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                throw new IllegalStateException("the samples could not be stored: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while samples were stored", e);
        } finally {
            tool.destroyForcibly();
        }
    }

    private void awaitReady() {
        var ready = HttpRequest.newBuilder(URI.create(url() + "/-/ready")).build();
        try (var client = HttpClient.newHttpClient()) {
            Until.holds("Prometheus is ready", LIMIT_SECONDS, () -> isReady(client, ready));
        }
    }

    private boolean isReady(HttpClient client, HttpRequest ready) {
        if (!process.isAlive()) {
            throw new IllegalStateException("Prometheus ended by itself, exit code " + process.exitValue());
        }
        try {
            return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Prometheus started", e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook has nothing left to end
        }
        folder.discard();
    }
}
