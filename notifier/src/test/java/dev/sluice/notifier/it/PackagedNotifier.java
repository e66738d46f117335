package dev.sluice.notifier.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged notifier as a process of its own, with a small heap. */
final class PackagedNotifier implements AutoCloseable {
    static final String WEBHOOK_SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl";

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:\\s]+:([0-9]+)");
    private static final Duration START = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private PackagedNotifier(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Returns once it is ready.
     *
     * @param folder for its settings and its log, which goes on where an earlier one ended
     */
    static PackagedNotifier start(Path folder, Map<String, String> settings) {
        try {
            var file = folder.resolve("notifier.properties");
            Files.writeString(file, text(settings));
            var log = log(folder);
            var before = Files.exists(log) ? Files.readString(log).length() : 0;
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var builder = new ProcessBuilder(
                            java, "@jvm.options", "-Xmx96m", "-jar", "target/quarkus-app/quarkus-run.jar")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment()
                    .putAll(Map.of(
                            "QUARKUS_CONFIG_LOCATIONS",
                            file.toString(),
                            "SLUICE_ACCESS_MODE",
                            "off",
                            "QUARKUS_HTTP_PORT",
                            "0",
                            "WEBHOOK_SECRET",
                            WEBHOOK_SECRET));
            var process = builder.start();
            return new PackagedNotifier(process, awaitPort(process, log, before)).awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its own to choose: one that was free a moment ago may be somebody's by then. */
    private static int awaitPort(Process process, Path log, int before) {
        return await("the notifier listens")
                .atMost(START)
                .failFast("the notifier has ended", () -> !process.isAlive())
                .pollInterval(Duration.ofMillis(100))
                .until(() -> port(Files.readString(log).substring(before)), port -> port > 0);
    }

    private static int port(String log) {
        var listening = LISTENING.matcher(log);
        return listening.find() ? Integer.parseInt(listening.group(1)) : 0;
    }

    static Path log(Path folder) {
        return folder.resolve("log");
    }

    private static String text(Map<String, String> settings) {
        var text = new StringBuilder();
        new TreeMap<>(settings)
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    private PackagedNotifier awaitReady() {
        await("the notifier is ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .failFast("the notifier has ended", () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> get("/q/health").contains("\"status\": \"UP\""));
        return this;
    }

    String metrics() {
        return get("/q/metrics");
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As a rolling update does. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private String get(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the notifier does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
