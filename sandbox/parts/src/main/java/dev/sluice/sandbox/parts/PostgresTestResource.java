package dev.sluice.sandbox.parts;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL for a {@code @QuarkusTest}: sets the JDBC and reactive URLs, the user and the password. */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {
    private AutoCloseable running = () -> {};

    @Override
    public Map<String, String> start() {
        return Containers.image(PartsChoice.current(), "postgres", "18", "17")
                .map(this::container)
                .orElseGet(this::embedded);
    }

    private Map<String, String> container(String image) {
        var container = new PostgreSQLContainer(DockerImageName.parse(image));
        container.start();
        running = container;
        Containers.say("PostgreSQL", "container " + image);
        var jdbcUrl = "jdbc:postgresql://%s:%d/%s"
                .formatted(container.getHost(), container.getFirstMappedPort(), container.getDatabaseName());
        return settings(jdbcUrl, container.getUsername(), container.getPassword());
    }

    private Map<String, String> embedded() {
        var part = PostgresPart.start();
        running = part;
        Containers.say("PostgreSQL", "embedded server at localhost:" + part.port());
        return settings(part.jdbcUrl(), part.user(), part.password());
    }

    private static Map<String, String> settings(String jdbcUrl, String user, String password) {
        return Map.of(
                "quarkus.datasource.jdbc.url", jdbcUrl,
                "quarkus.datasource.reactive.url", jdbcUrl.substring("jdbc:".length()),
                "quarkus.datasource.username", user,
                "quarkus.datasource.password", password);
    }

    @Override
    public void stop() {
        Containers.end(running);
    }
}
