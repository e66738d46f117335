package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.kafka.KafkaSettings;
import dev.sluice.engine.kafka.OutboxProducer;
import dev.sluice.engine.kafka.OutboxProducer.Sent;
import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Outbox;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the outbox to Kafka: nothing lost, nothing late, whoever relays. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class RelayTest {
    private static final String STEPS = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"untilApproved\":true}}";
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Relay relay;

    @Inject
    WakeUpCalls wakeUpCalls;

    @Inject
    KafkaSettings settings;

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    Lookup lookup;

    private World world;

    @BeforeEach
    void open() {
        world = new World(bootstrapServers);
    }

    @AfterEach
    void close() {
        sql("update relay_lease set held_until = now() where holder = 'another'");
        world.close();
    }

    @Test
    void b06WhatIsCommittedWhileNobodyRelaysIsSentOnce() throws Exception {
        // given
        var application = "shop/unrelayed";
        relay.stop();
        // when
        world.command(application, Files.start(application, "unrelayed-1", Files.file(application, STEPS)));
        assertThat(lookup.outcome(application, "unrelayed-1", LONGEST))
                .extracting(Audit::decision)
                .contains("Started");
        var sentMeanwhile = world.orders(application);
        relay.start();
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        // then
        assertThat(sentMeanwhile).isEmpty();
        assertThat(world.orders(application)).doesNotHaveDuplicates();
        assertThat(world.audit(application)).extracting(Audit::id).doesNotHaveDuplicates();
        await().atMost(LONGEST)
                .until(() -> database.alone(session -> outbox.depth(session)).unsent() == 0);
    }

    @Test
    void b06AFormerRelayCannotSendLate() {
        // given
        var record = new ProducerRecord<>(
                Topic.WEIGHTS.name(Topic.DEFAULT_PREFIX),
                "fenced/route".getBytes(StandardCharsets.UTF_8),
                "{\"application\":\"shop/fenced\"}".getBytes(StandardCharsets.UTF_8));
        // when
        Sent late;
        Sent now;
        try (var former = OutboxProducer.takeOver(settings, "outbox");
                var newer = OutboxProducer.takeOver(settings, "outbox")) {
            late = former.send(List.of(record));
            now = newer.send(List.of(record));
        }
        // then
        assertThat(late).isInstanceOf(Sent.Over.class);
        assertThat(now).isEqualTo(new Sent.Whole());
        assertThat(world.wire.values(Topic.WEIGHTS, "shop/fenced")).hasSize(1);
    }

    @Test
    void aRelayThatWasFencedTakesOverAnew() {
        // given
        var application = "shop/anew";
        OutboxProducer.takeOver(settings, "outbox").close();
        // when
        world.command(application, Files.start(application, "anew-1", Files.file(application, STEPS)));
        // then
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
    }

    @Test
    void aMessageThatKafkaRefusesIsSetAsideAndTheRestGoOn() {
        // given
        try (var producer = OutboxProducer.takeOver(settings, "outbox")) {
            var fits = new ProducerRecord<byte[], byte[]>(Topic.AUDIT.name(Topic.DEFAULT_PREFIX), new byte[] {'1'});
            var tooLarge =
                    new ProducerRecord<byte[], byte[]>(Topic.AUDIT.name(Topic.DEFAULT_PREFIX), new byte[2 << 20]);
            // when
            var all = producer.send(List.of(fits, tooLarge, fits));
            var rest = producer.send(List.of(fits));
            // then
            assertThat(all)
                    .isInstanceOfSatisfying(
                            Sent.Refused.class,
                            refused -> assertThat(refused.reasons()).containsOnlyKeys(1));
            assertThat(rest).isEqualTo(new Sent.Whole());
        }
    }

    @Test
    void b39ATopicThatCannotBeWrittenKeepsNoOrderAndNoOtherTopicWaiting() {
        // given
        var application = "shop/stuck";
        database.alone(session -> session.createNativeQuery("""
                        insert into outbox (topic, key, value, headers)
                        select 'rollout.nowhere', null, null, cast('[]' as jsonb) from generate_series(1, 600)""").executeUpdate());
        // when
        world.command(application, Files.start(application, "stuck-1", Files.file(application, STEPS)));
        await().atMost(LONGEST).until(() -> !world.orders(application).isEmpty());
        var ordersFirst = database.alone(session -> outbox.depth(session)).unsent();
        // then
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        assertThat(ordersFirst).isGreaterThanOrEqualTo(600);
        database.alone(session -> session.createNativeQuery("delete from outbox where topic = 'rollout.nowhere'")
                .executeUpdate());
    }

    @Test
    void b39ARelayThatLostItsLeaseWhileATopicFailedSendsNothingMore() {
        // given
        var key = "shop/another-relays";
        sql("""
                with stolen as (
                    update relay_lease set holder = 'another', held_until = now() + interval '1 hour'
                    where name = 'outbox')
                insert into outbox (topic, key, value, headers)
                select 'rollout.audit', cast('%s' as bytea), cast(null as bytea), cast('[]' as jsonb)
                union all select 'rollout.nowhere', null, null, cast('[]' as jsonb)""".formatted(key));

        // when: more than it takes to find out that the first topic can't be written
        await().pollDelay(Duration.ofSeconds(15)).atMost(LONGEST).until(() -> true);

        // then
        assertThat(unsent(key)).isEqualTo(1);

        // when
        sql("delete from outbox where topic = 'rollout.nowhere'");
        sql("update relay_lease set held_until = now() where holder = 'another'");

        // then
        await().atMost(LONGEST).until(() -> unsent(key) == 0);
    }

    @Test
    void b42AStateOfALaterVersionKeepsNoOthersWakeUpWaiting() {
        // given
        var application = "shop/beside-later";
        var steps = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"duration\":1,\"unit\":\"seconds\"}},"
                + "{\"setWeight\":{\"weight\":50}},{\"pause\":{\"untilApproved\":true}}";
        wakeUpCalls.stop();
        world.command(application, Files.start(application, "beside-1", Files.file(application, steps)));
        var paused = world.awaitPhase(application, Phase.PAUSED);
        sql("insert into application (name, state, state_format, updated_at)"
                + " values ('shop/later', '{\"what\": 1}', 99, now())");
        sql("insert into timer (application, target, kind, due_at)"
                + " select 'shop/later', target, kind, due_at from timer where application = '" + application + "'");
        await().atMost(LONGEST).until(() -> paused.nextAt().isBefore(Instant.now()));

        // when
        wakeUpCalls.start();

        // then
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        sql("delete from timer where application = 'shop/later'");
        sql("delete from application where name = 'shop/later'");
    }

    private void sql(String statement) {
        database.alone(session -> session.createNativeQuery(statement).executeUpdate());
    }

    private long unsent(String key) {
        return database.alone(session -> session.createNativeQuery(
                        "select count(*) from outbox where key = cast('%s' as bytea)".formatted(key), Long.class)
                .getSingleResult());
    }

    @Test
    void b07AWakeUpThatCameWhileNobodyWasThereIsFiredOnceAfterwards() {
        // given
        var application = "shop/asleep";
        var steps = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"duration\":1,\"unit\":\"seconds\"}},"
                + "{\"setWeight\":{\"weight\":50}},{\"pause\":{\"untilApproved\":true}}";
        wakeUpCalls.stop();
        world.command(application, Files.start(application, "asleep-1", Files.file(application, steps)));
        var paused = world.awaitPhase(application, Phase.PAUSED);
        await().atMost(LONGEST).until(() -> paused.nextAt().isBefore(Instant.now()));
        assertThat(world.status(application).orElseThrow().phase()).isEqualTo(Phase.PAUSED);
        // when
        wakeUpCalls.start();
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        // then
        assertThat(world.orders(application).stream()
                        .filter(order -> order.weight().hundredths() == 50_00)
                        .map(order -> order.sequence())
                        .distinct())
                .hasSize(1);
    }
}
