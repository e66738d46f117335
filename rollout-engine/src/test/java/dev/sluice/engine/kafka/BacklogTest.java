package dev.sluice.engine.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Timers;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.message.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An engine that is behind concludes nothing from what it has not read yet. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class BacklogTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final TopicPartition ONE = new TopicPartition("rollout.verdicts", 0);
    private static final TopicPartition OTHER = new TopicPartition("rollout.verdicts", 1);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Backlog backlog;

    @Inject
    Database database;

    @Inject
    Timers timers;

    private World world;

    @BeforeEach
    void open() {
        world = new World(bootstrapServers);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("B07: what is due waits as long as messages from before lie unread, and is due once they are read")
    void waitsForWhatLiesUnread() {
        // given
        var unread = new TopicPartition("rollout.verdicts", 99);
        backlog.waits(unread, Instant.now());
        var application = "shop/backlog";
        var steps = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"duration\":1,\"unit\":\"seconds\"}}";
        world.command(application, Files.start(application, "backlog-1", Files.file(application, steps)));
        world.awaitPhase(application, Phase.PAUSED);

        // when
        await().atMost(Duration.ofMinutes(1))
                .until(() -> database.alone(
                                session -> timers.late(session, Instant.now().minusSeconds(1)))
                        > 0);

        // then
        assertThat(world.status(application).orElseThrow().phase()).isEqualTo(Phase.PAUSED);
        backlog.isRead(unread);
        world.awaitPhase(application, Phase.PROMOTED);
    }

    @Test
    void theOldestUnreadMessageCounts() {
        // given
        var one = new Backlog();

        // when / then
        assertThat(one.upTo(NOW)).isEqualTo(NOW);
        one.waits(ONE, NOW.minusSeconds(20));
        one.waits(OTHER, NOW.minusSeconds(40));
        assertThat(one.upTo(NOW)).isEqualTo(NOW.minusSeconds(40));
        one.isRead(OTHER);
        assertThat(one.upTo(NOW)).isEqualTo(NOW.minusSeconds(20));
    }

    @Test
    @DisplayName("B40: a partition that nobody can read holds the clock up for five minutes and no longer")
    void nothingStandsStillForEver() {
        // given
        var one = new Backlog();
        one.waits(ONE, NOW.minus(Duration.ofDays(3)));
        one.waits(OTHER, NOW.plusSeconds(60));

        // then
        assertThat(one.upTo(NOW)).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
    }
}
