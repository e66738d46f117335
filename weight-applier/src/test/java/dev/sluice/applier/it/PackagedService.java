package dev.sluice.applier.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged applier as a process of its own, with a small heap. */
final class PackagedService implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private PackagedService(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static PackagedService start(String brokers, Path kubeconfig, Path output) {
        return start(brokers, kubeconfig, output, Map.of());
    }

    /** @param settings as environment variables */
    static PackagedService start(String brokers, Path kubeconfig, Path output, Map<String, String> settings) {
        try (var free = new ServerSocket(0)) {
            var builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-jar",
                            "target/quarkus-app/quarkus-run.jar")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            builder.environment()
                    .putAll(Map.of(
                            "KAFKA_BOOTSTRAP_SERVERS",
                            brokers,
                            "KUBECONFIG",
                            kubeconfig.toString(),
                            "SLUICE_ACCESS_MODE",
                            "off",
                            "SLUICE_CLUSTERS",
                            "prod,staging",
                            "QUARKUS_HTTP_PORT",
                            Integer.toString(free.getLocalPort())));
            builder.environment().putAll(settings);
            return new PackagedService(builder.start(), free.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PackagedService awaitReady() {
        await("the applier is ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> get("/q/health/ready").statusCode() == 200);
        return this;
    }

    String metrics() {
        return get("/q/metrics").body();
    }

    HttpResponse<String> readiness() {
        return get("/q/health/ready");
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

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the applier does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
