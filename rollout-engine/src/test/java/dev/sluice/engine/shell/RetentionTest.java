package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Routes;
import dev.sluice.engine.postgres.Statuses;
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
    private static final String STATUSES = Topic.STATUS.name(Topic.DEFAULT_PREFIX);
    private static final String ANALYSES = Topic.ANALYSES.name(Topic.DEFAULT_PREFIX);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Retention retention;

    @Inject
    Lookup lookup;

    @Inject
    Database database;

    @Inject
    Routes routes;

    @Inject
    Statuses statuses;

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
        assertThat(newest(ORDERS, last.route()).value()).as("too early").isNotNull();

        // when
        run("update route set released_at = released_at - interval '1 day' where identity = '%s'"
                .formatted(last.route()));
        retention.releasedRoutes();

        // then
        await().atMost(LONGEST).until(() -> newest(ORDERS, last.route()).value() == null);
        world.command(application, Files.start(application, "released-3", file));
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        retention.releasedRoutes();
        assertThat(world.orders(application).getLast().generation()).isGreaterThan(last.generation());
        assertThat(newest(ORDERS, last.route()).value()).isNotNull();
    }

    @Test
    void aTargetThatRunsKeepsItsStatusWhateverTheTableSays() {
        // given
        var application = "shop/runs-on";
        world.command(application, Files.start(application, "runs-1", Files.file(application, STEPS)));
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        // as a version left it that doesn't know the table
        run("insert into status_over values ('%s', 'prod', timestamptz '2020-01-01T00:00Z')".formatted(application));
        // whoever sends a tombstone changes the application's row
        var version =
                "select cast(cast(xmin as text) as bigint) from application where name = '%s'".formatted(application);
        var before = number(version);

        // when
        retention.statuses();

        // then
        assertThat(number("select count(*) from status_over where application = '%s'".formatted(application)))
                .isZero();
        assertThat(number(version)).isEqualTo(before);
        assertThat(newest(STATUSES, application + "/prod").value()).isNotNull();
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

    @Test
    void aLastStatusGoesOffItsTopicUnlessTheTargetHasBegunAnew() {
        // given
        var over = "shop/over";
        var anew = "shop/anew";
        for (var application : List.of(over, anew)) {
            world.command(application, Files.start(application, "first", Files.file(application, STEPS)));
            world.awaitPhase(application, Phase.AWAITING_APPROVAL);
            world.command(application, Files.command(application, "back", "abort"));
            world.awaitPhase(application, Phase.ROLLED_BACK);
        }
        retention.statuses();
        assertThat(newest(STATUSES, over + "/prod").value()).as("too early").isNotNull();

        // when
        run("update status_over set since = since - interval '30 days' where application in ('%s', '%s')"
                .formatted(over, anew));
        world.command(anew, Files.start(anew, "second", Files.file(anew, STEPS)));
        world.awaitPhase(anew, Phase.AWAITING_APPROVAL);
        await().atMost(LONGEST).until(() -> {
            retention.statuses();
            return newest(STATUSES, over + "/prod").value() == null;
        });

        // then
        await().atMost(LONGEST).until(() -> newest(ANALYSES, over + "/prod").value() == null);
        assertThat(records(STATUSES, anew + "/prod"))
                .allSatisfy(record -> assertThat(record.value()).isNotNull());
        assertThat(lookup.application(over)).isPresent();
    }

    @Test
    void aStatusThatIsToldAfterTheLastOneIsTakenOffToo() {
        // given
        var application = "shop/told-again";
        world.command(application, Files.start(application, "first", Files.file(application, STEPS)));
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        world.command(application, Files.command(application, "back", "abort"));
        world.awaitPhase(application, Phase.ROLLED_BACK);
        run("delete from status_over where application = '%s'".formatted(application));

        // when
        var late = Files.command(application, "late", "abort").replace("\"actor\"", "\"target\":\"prod\",\"actor\"");
        world.command(application, late);
        world.awaitDecisions(application, "late");

        // then
        assertThat(number("select count(*) from status_over where application = '%s'".formatted(application)))
                .isEqualTo(1);
    }

    @Test
    void whoReadAnApplicationBeforeItsStatusWasForgottenBeginsAgain() {
        // given
        run("insert into application (name, updated_at) values ('forgotten/app', now())");
        run("insert into status_over values ('forgotten/app', 'prod', timestamptz '2020-01-01T00:00Z')");
        var read = number("select cast(cast(xmin as text) as bigint) from application where name = 'forgotten/app'");

        // when
        int forgotten = database.transaction(
                session -> statuses.forget(session, List.of(STATUSES), Instant.parse("2020-01-02T00:00:00Z"), 10));

        // then
        assertThat(forgotten).isEqualTo(1);
        assertThat(number("select cast(cast(xmin as text) as bigint) from application where name = 'forgotten/app'"))
                .isNotEqualTo(read);
        run("delete from application where name = 'forgotten/app'");
    }

    @Test
    void decisionsGoByDaysAndTheOthersCanBeAskedFor() throws Exception {
        // given
        var application = "shop/audited";
        world.command(application, Files.command(application, "audited-1", "abort"));
        world.awaitDecisions(application, "audited-1");
        run("select decision_day('2001-02-03')");
        run("""
                insert into decision (application, n, audit_id, decision, event_id, errors, decided_at) values
                    ('shop/audited', 1000, 'a', 'Started', 'old', '[]', timestamptz '2001-02-03T12:00Z'),
                    ('shop/audited', 1001, 'b', 'Started', 'old', '[]', now() - interval '30 days')""");
        assertThat(lookup.outcome(application, "old", Duration.ZERO)).hasSize(2);

        // when
        retention.decisions();

        // then
        assertThat(number("select count(*) from pg_class where relname = 'decision_20010203'"))
                .isZero();
        assertThat(lookup.decisions(application, 10)).hasSize(2);
        assertThat(lookup.decisions(application, 1)).hasSize(1);
        assertThat(number("""
                        select count(*) from pg_class where relname =
                            'decision_' || to_char((now() at time zone 'UTC') + interval '7 days', 'YYYYMMDD')""")).isEqualTo(1);
    }

    private ConsumerRecord<byte[], byte[]> newest(String topic, String key) {
        return records(topic, key).getLast();
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
