package dev.sluice.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One service in a JVM of its own, from its packaged jar. It can be killed and started again, as in real life. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int SHOWN_LINES = 30;

    private final String name;
    private final int port;
    private final Path log;
    private final ProcessBuilder builder;
    private final ChildGuard guard;
    private Process process;

    ServiceProcess(
            String name, List<String> command, Map<String, String> environment, int port, Path log, ChildGuard guard) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.guard = guard;
        this.builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
    }

    public String name() {
        return name;
    }

    /** Of the process that runs now; another after a start. */
    public long pid() {
        return process.pid();
    }

    /** Of its HTTP endpoints, on localhost. */
    public int port() {
        return port;
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /** Starts it and returns at once; {@link #awaitReady} waits. */
    public void start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        try {
            Files.createDirectories(log.getParent());
            process = builder.start();
            guard.watch(process.toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Ends it as {@code kill -9} does, without any farewell, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(STOP_LIMIT);
    }

    /** Returns when it is ready for work; {@link IllegalStateException} with the end of its log if that takes too long. */
    public void awaitReady(Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        var ready = HttpRequest.newBuilder(URI.create("http://localhost:%d/q/health/ready".formatted(port)))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            while (!isReady(http, ready)) {
                if (!isAlive()) {
                    throw new IllegalStateException(name + " ended while it started:\n" + endOfLog());
                }
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "%s is not ready after %d s:%n%s".formatted(name, limit.toSeconds(), endOfLog()));
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private static boolean isReady(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a service started", e);
        }
    }

    private String endOfLog() {
        try {
            var lines = new ArrayList<>(Files.readAllLines(log));
            var shown = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
            return String.join("\n", shown) + "\n(" + log + ")";
        } catch (IOException e) {
            return "(its log " + log + " cannot be read)";
        }
    }

    /** Asks it to end, and makes it end when it does not. */
    @Override
    public void close() {
        if (isAlive()) {
            process.destroy();
            if (!awaitExit(STOP_LIMIT)) {
                kill();
            }
        }
    }

    private boolean awaitExit(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
