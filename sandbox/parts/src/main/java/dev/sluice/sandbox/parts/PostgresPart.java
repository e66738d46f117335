package dev.sluice.sandbox.parts;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A real PostgreSQL as a child process, as durable as in production: {@code fsync} and {@code synchronous_commit} are
 * on, so that what a crash test finds is what a crash leaves.
 */
public final class PostgresPart implements AutoCloseable {
    private final Folder data;
    private final EmbeddedPostgres postgres;

    private PostgresPart(int port, Folder data, Map<String, String> settings) {
        QuietLogs.of("io.zonky.test", "pg_ctl", "initdb");
        this.data = data;
        this.postgres = start(port, data, settings);
    }

    /** Starts a server on a free port with a data folder that goes when it is closed. */
    public static PostgresPart start() {
        return start(Map.of());
    }

    /** The same with settings of the server beside those below, such as TLS. */
    public static PostgresPart start(Map<String, String> settings) {
        return new PostgresPart(FreePort.any(), Folder.temporary("postgres"), settings);
    }

    /** Starts a server on this port, with what an earlier one left in {@code dataFolder}. */
    public static PostgresPart start(int port, Path dataFolder) {
        return new PostgresPart(port, Folder.given(dataFolder), Map.of());
    }

    private static EmbeddedPostgres start(int port, Folder data, Map<String, String> settings) {
        try {
            var builder = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data.path())
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .setPGStartupWait(Duration.ofSeconds(60));
            settings.forEach(builder::setServerConfig);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start in " + data.path(), e);
        }
    }

    /** The server's process. It is no child of this JVM's: PostgreSQL detaches itself. */
    public ProcessHandle process() {
        try {
            // The first line of this file is the server's process id: PostgreSQL's documentation, "Database File
            // Layout".
            var lines = Files.readAllLines(data.path().resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not run in " + data.path(), e);
        }
    }

    public int port() {
        return postgres.getPort();
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:%d/postgres".formatted(port());
    }

    /** The form that Quarkus' reactive client takes. */
    public String reactiveUrl() {
        return "postgresql://localhost:%d/postgres".formatted(port());
    }

    public String user() {
        return "postgres";
    }

    public String password() {
        return "postgres";
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        } finally {
            data.discard();
        }
    }
}
