package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.PostgresPart;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.WeightOrder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged engine as it is deployed: a process with a small heap, settings by environment, killed without warning. */
class PackagedEngineIT {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String STEPS =
            "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"duration\":3,\"unit\":\"seconds\"}},"
                    + "{\"setWeight\":{\"weight\":50}},{\"pause\":{\"untilApproved\":true}}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.any();
    private KafkaPart kafka;
    private PostgresPart postgres;
    private Process engine;
    private World world;

    @BeforeEach
    void start() throws IOException {
        kafka = KafkaPart.start();
        postgres = PostgresPart.start();
        engine = run();
        awaitReady();
        world = new World(kafka.bootstrapServers());
    }

    @AfterEach
    void stop() throws InterruptedException {
        world.close();
        engine.destroyForcibly().waitFor();
        postgres.close();
        kafka.close();
    }

    @Test
    void b06b07KilledInTheMiddleItGoesOnWhereItWas() throws Exception {
        // given
        var application = "shop/killed";
        world.command(application, Files.start(application, "killed-1", Files.file(application, STEPS)));
        world.awaitPhase(application, Phase.PAUSED);
        // when
        engine.destroyForcibly().waitFor();
        engine = run();
        awaitReady();
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        world.command(application, Files.command(application, "killed-2", "approve"));
        world.awaitPhase(application, Phase.PROMOTED);
        // then
        assertThat(world.orders(application).stream().map(WeightOrder::weight).distinct())
                .containsExactly(Weight.ZERO, Weight.percent(25), Weight.percent(50), Weight.FULL);
        assertThat(world.decisions(application, "killed-1")).containsOnlyOnce("Started");
    }

    @Test
    void b42ItRunsOnADatabaseThatALaterVersionHasMigrated() throws Exception {
        // given
        engine.destroyForcibly().waitFor();
        try (var database = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = database.createStatement()) {
            statement.executeUpdate("""
                    insert into flyway_schema_history
                    select installed_rank + 1, '9999', 'of a later version', type, 'V9999__of_a_later_version.sql', 1, installed_by,
                      installed_on, 1, true
                    from flyway_schema_history order by installed_rank desc limit 1""");
        }
        // when
        engine = run();
        // then
        awaitReady();
    }

    @Test
    void toldToStopItEndsByItself() throws Exception {
        // when
        engine.destroy();
        // then
        assertThat(engine.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.exitValue()).isEqualTo(128 + 15);
    }

    private Process run() throws IOException {
        var jar = Path.of("target", "quarkus-app", "quarkus-run.jar").toString();
        var java = ProcessHandle.current().info().command().orElse("java");
        var builder =
                new ProcessBuilder(List.of(java, "-Xmx192m", "-Dquarkus.http.port=" + port, "-jar", jar)).inheritIO();
        builder.environment().put("SLUICE_ACCESS_MODE", "off");
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        builder.environment().put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl());
        builder.environment().put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl());
        builder.environment().put("QUARKUS_DATASOURCE_USERNAME", postgres.user());
        builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        return builder.start();
    }

    private void awaitReady() {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        await("readiness")
                .atMost(LONGEST)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
                });
    }
}
