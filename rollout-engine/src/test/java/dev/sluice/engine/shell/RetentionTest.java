package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Routes;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is over is forgotten, on the topics as in the database, and what has begun anew is not. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class RetentionTest {
    private static final String STEPS = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"untilApproved\":true}}";
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String ORDERS = Topic.WEIGHTS.name(Topic.DEFAULT_PREFIX);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Retention retention;

    @Inject
    Database database;

    @Inject
    Routes routes;

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
    void theOrderOfAReleasedRouteGoesOffItsTopicAndTheNextOneStays() {
        // given
        var application = "shop/released";
        var file = Files.file(application, STEPS).replace("{\"smi\"", "{\"onPromoted\":\"handback\",\"smi\"");
        world.command(application, Files.start(application, "released-1", file));
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        world.command(application, Files.command(application, "released-2", "abort"));
        world.awaitPhase(application, Phase.ROLLED_BACK);
        var last = world.orders(application).getLast();
        retention.releasedRoutes();
        assertThat(newest(last.route()).value()).as("too early").isNotNull();

        // when
        run("update route set released_at = released_at - interval '1 day' where identity = '%s'"
                .formatted(last.route()));
        retention.releasedRoutes();

        // then
        await().atMost(LONGEST).until(() -> newest(last.route()).value() == null);
        world.command(application, Files.start(application, "released-3", file));
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        retention.releasedRoutes();
        assertThat(world.orders(application).getLast().generation()).isGreaterThan(last.generation());
        assertThat(newest(last.route()).value()).isNotNull();
    }

    @Test
    void aRouteThatIsBeingClaimedIsLeftToWhoClaimsIt() throws Exception {
        // given
        run("""
                insert into route (identity, object, application, generation, released_at) values
                    ('kept/ns/s.x/claimed', 'kept/ns/s.x/claimed', null, 7, timestamptz '2020-01-01T00:00Z'),
                    ('kept/ns/s.x/held', 'kept/ns/s.x/held', 'kept/app', 7, timestamptz '2020-01-01T00:00Z'),
                    ('kept/ns/s.x/free', 'kept/ns/s.x/free', null, 7, timestamptz '2020-01-01T00:00Z')""");
        var claim = Thread.ofVirtual()
                .start(() -> database.transaction(session -> session.createNativeQuery(
                                "update route set application = 'kept/app' where identity = 'kept/ns/s.x/claimed'")
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery("select cast(pg_sleep(2) as text)", String.class)
                                .getResultList())));
        await().until(() ->
                number("select count(*) from pg_stat_activity where query like 'select cast(pg_sleep%'") > 0);

        // when
        int forgotten = database.transaction(
                session -> routes.forget(session, ORDERS, Instant.parse("2020-01-02T00:00:00Z"), 10));

        // then
        assertThat(forgotten).isEqualTo(1);
        claim.join();
        int more = database.transaction(
                session -> routes.forget(session, ORDERS, Instant.parse("2020-01-02T00:00:00Z"), 10));
        assertThat(more).isZero();
        assertThat(number("select generation from route where identity = 'kept/ns/s.x/free'"))
                .isEqualTo(7);
        run("delete from route where identity like 'kept/%'");
    }

    private ConsumerRecord<byte[], byte[]> newest(String key) {
        return records(ORDERS, key).getLast();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic, String key) {
        return world.wire.records(topic).stream()
                .filter(record -> key.equals(new String(record.key(), StandardCharsets.UTF_8)))
                .toList();
    }

    private void run(String sql) {
        database.alone(session -> session.createNativeQuery(sql).executeUpdate());
    }

    private long number(String sql) {
        return database.alone(
                session -> session.createNativeQuery(sql, Long.class).getSingleResult());
    }
}
