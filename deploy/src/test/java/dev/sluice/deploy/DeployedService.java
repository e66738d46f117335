package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A service's own process, with the variables that the chart gives its pod. */
final class DeployedService implements AutoCloseable {
    private static final String HTTP_PORT = "QUARKUS_HTTP_PORT";
    private static final long STOP_LIMIT_SECONDS = 15;

    private final String name;
    private final int port = FreePort.any();
    private final Process process;

    /**
     * @param secrets values by their Secret and key, {@code secret/key}
     * @param files is /etc/sluice
     * @param kubeconfig in place of a pod's own account
     */
    DeployedService(
            String name, JsonNode container, Map<String, String> secrets, Path files, Path kubeconfig, Path logs) {
        this.name = name;
        var environment = new TreeMap<String, String>();
        for (var variable : container.get("env")) {
            var from = variable.at("/valueFrom/secretKeyRef");
            var value = from.isMissingNode()
                    ? variable.get("value").asText()
                    : secrets.get(
                            from.get("name").asText() + "/" + from.get("key").asText());
            environment.put(variable.get("name").asText(), value.replace("/etc/sluice", files.toString()));
        }
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put(HTTP_PORT, Integer.toString(port));
        environment.put("QUARKUS_HTTP_HOST", "localhost");
        process = start(name, environment, logs.resolve(name + ".log"));
    }

    private static Process start(String name, Map<String, String> environment, Path log) {
        var module = Path.of("..", name);
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + module.resolve("jvm.options"),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                module.resolve("target/quarkus-app/quarkus-run.jar").toString()));
        builder.environment().putAll(environment);
        try {
            return builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What a probe is answered; 0 while nobody answers. */
    int probe(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a service was asked", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
