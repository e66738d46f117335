package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.kafka.Inbox.Ends;
import dev.sluice.engine.kafka.Inbox.Outcome;
import dev.sluice.engine.kafka.Inbox.Place;
import dev.sluice.engine.kafka.PartitionBatch;
import dev.sluice.engine.played.Files;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Timers;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the engine asks of PostgreSQL, at many rows and at the limits of what it can do. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class StorageTest {
    private static final String NAME = Topic.COMMANDS.name(Topic.DEFAULT_PREFIX);
    private static final AtomicInteger NEXT_PARTITION = new AtomicInteger(5000);
    private static final Duration HOLD = Duration.ofMinutes(1);

    @Inject
    Inbound inbound;

    @Inject
    Lookup lookup;

    @Inject
    Database database;

    @Inject
    Timers timers;

    /** A partition that no broker has, so that nobody else reads it. */
    private final TopicPartition partition = new TopicPartition(NAME, NEXT_PARTITION.getAndIncrement());

    @AfterEach
    void mend() {
        run("drop trigger if exists too_many on command_id");
    }

    @Test
    @DisplayName("Line 14: a transaction finds its routes by index, however many there are")
    void noTransactionReadsAllRoutes() {
        // given
        run("""
                insert into route (identity, object, application, generation)
                select 'far/ns/splits.example/r' || i, 'far/ns/splits.example/r' || i, 'far/app-' || i, 1
                from generate_series(1, 20000) as i on conflict do nothing""");
        run("analyze route");

        // when
        List<String> lines = database.alone(
                session -> session.createNativeQuery("""
                        explain select r.identity, r.application, r.generation, r.active, r.promoted from route r
                        where r.application = any(array(
                                select jsonb_array_elements_text(cast('["far/app-7"]' as jsonb))))
                           or r.object = any(array(
                                select jsonb_array_elements_text(cast('["far/ns/splits.example/r9"]' as jsonb))))
                        order by r.identity for update of r""", String.class).getResultList());
        var plan = String.join("\n", lines);

        // then
        assertThat(plan).doesNotContain("Seq Scan on route").contains("route_application", "route_object");
    }

    @Test
    @DisplayName("Line 14: a due wake-up is claimed by one instance, and by another once the claim is over")
    void oneInstanceClaimsAWakeUp() {
        // given
        var due = Instant.parse("2020-01-01T00:00:00.123Z");
        var application = "claimed/app" + partition.partition();
        run("insert into timer (application, target, kind, due_at) values ('%s', 'prod', 'pause-end', timestamptz '%s')"
                .formatted(application, due));

        // when
        var first = claim(due, Duration.ZERO);
        var second = claim(due, HOLD);
        var third = claim(due, HOLD);

        // then
        assertThat(first).contains(application);
        assertThat(second).contains(application);
        assertThat(third).doesNotContain(application);
        run("delete from timer where application = '%s'".formatted(application));
    }

    private List<String> claim(Instant due, Duration hold) {
        return database.alone(session -> timers.claim(session, due, hold, 100));
    }

    @Test
    @DisplayName(
            "B42: a state that a later version stored is left alone, and its commands are neither lost nor dead letters")
    void leavesALaterVersionsStateAlone() {
        // given
        inbound.place(partition, "id", new Ends(0, 2));
        var application = "later/app" + partition.partition();
        run("insert into application (name, state, state_format, updated_at) values ('%s', '{\"what\": 1}', 99, now())"
                .formatted(application));
        var other = "other/app" + partition.partition();
        var abort = batch(record(0, Files.command(application, "later-1", "abort")));
        var both = batch(
                record(0, Files.command(other, "other-1", "abort")),
                record(1, Files.command(application, "later-1", "abort")));

        // when
        var first = inbound.handle(both);
        assertThat(lookup.decisions(other, 10))
                .as("another's command before it")
                .hasSize(1);
        assertThat(first).isInstanceOf(Outcome.Overtaken.class);
        run("update consumed set next_offset = 0 where partition = %d".formatted(partition.partition()));
        var refused = inbound.handle(abort);
        run("update application set state = null, state_format = 1 where name = '%s'".formatted(application));
        var taken = inbound.handle(abort);

        // then
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Outcome.TooNew.class, held -> assertThat(held.reason()).contains("later version"));
        assertThat(taken).isEqualTo(new Outcome.Stored(1));
        assertThat(lookup.decisions(application, 10)).hasSize(1);
    }

    @Test
    @DisplayName(
            "B42: what an earlier version stored with its plan within goes on, and has its plan apart from then on")
    void takesThePlanOutOfWhatAnEarlierVersionStored() throws Exception {
        // given
        inbound.place(partition, "id", new Ends(0, 2));
        var application = "shop/checkout";
        try (var stored = StorageTest.class.getResourceAsStream("/stored/0.1.0.json")) {
            var json = new String(stored.readAllBytes(), StandardCharsets.UTF_8);
            run("insert into application (name, state, phase, updated_at) values ('%s', '%s', 'Analyzing', now())"
                    .formatted(application, json.replace("'", "''")));
        }
        var before = lookup.application(application).orElseThrow();

        // when
        var taken = inbound.handle(batch(record(0, Files.command(application, "upgraded", "abort"))));

        // then
        assertThat(taken).isEqualTo(new Outcome.Stored(1));
        var after = lookup.application(application).orElseThrow();
        var run = after.rollout().target("prod").orElseThrow();
        assertThat(run.position().phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(run.plan())
                .isEqualTo(before.rollout().target("prod").orElseThrow().plan());
        List<Object[]> row = database.alone(
                session -> session.createNativeQuery("""
                        select state_format, plan_id, state #>> '{rollout,targets,0,plan}', plan #>> '{targets,0,name}'
                        from application where name = 'shop/checkout'""", Object[].class).getResultList());
        assertThat(row.getFirst()[0]).isEqualTo(4);
        assertThat(row.getFirst()[1]).isNotNull();
        assertThat(row.getFirst()[2]).isEqualTo("prod");
        assertThat(row.getFirst()[3]).isEqualTo("prod");
        run("delete from application where name = 'shop/checkout'");
        run("delete from timer where application = 'shop/checkout'");
    }

    @Test
    @DisplayName(
            "B42: a record of a later version holds its partition, what came before it is taken, and it is no dead letter")
    void aRecordOfALaterVersionHoldsItsPartition() {
        // given
        inbound.place(partition, "id", new Ends(0, 3));
        var application = "newer/app" + partition.partition();
        var before = record(0, Files.command(application, "before", "abort"));
        var newer = record(1, Files.command(application, "newer", "abort"));
        newer.headers().add("ce_sluiceformat", "2".getBytes(StandardCharsets.UTF_8));
        newer.headers().add("ce_source", "sluice/rollout-engine/http".getBytes(StandardCharsets.UTF_8));
        var after = record(2, Files.command(application, "after", "abort"));

        // when
        var first = inbound.handle(batch(before, newer, after));
        var second = inbound.handle(new PartitionBatch(Topic.COMMANDS, partition, "id", 1, List.of(newer, after)));

        // then
        assertThat(first).isEqualTo(new Outcome.Overtaken());
        assertThat(second)
                .isInstanceOfSatisfying(
                        Outcome.TooNew.class,
                        held -> assertThat(held.reason()).contains("offset 1").contains("upgrade"));
        assertThat(inbound.place(partition, "id", new Ends(0, 3))).isEqualTo(new Place.At(1));
        assertThat(lookup.decisions(application, 10)).hasSize(1);
    }

    @Test
    @DisplayName("B37: a time that the sender's clock gave is never later than now: no abort stops what comes after it")
    void believesNoSendersFuture() {
        // given
        inbound.place(partition, "id", new Ends(0, 3));
        var application = "clock/app" + partition.partition();
        var value = Files.command(application, "mad-clock", "abort").getBytes(StandardCharsets.UTF_8);
        var inAYear = Instant.now().plus(Duration.ofDays(365)).toEpochMilli();
        var abort = new ConsumerRecord<>(
                NAME,
                partition.partition(),
                0,
                inAYear,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                (byte[]) null,
                value,
                new RecordHeaders(),
                Optional.empty());

        // when
        inbound.handle(batch(abort));

        // then
        List<String> noted = database.alone(session -> session.createNativeQuery(
                        "select cast(state as text) from application where name = '%s'".formatted(application),
                        String.class)
                .getResultList());
        assertThat(noted)
                .singleElement()
                .asString()
                .contains("mad-clock")
                .doesNotContain(
                        Integer.toString(Instant.now().atZone(ZoneOffset.UTC).getYear() + 1));
    }

    @Test
    @DisplayName("Line 15: what is too much for the database at once is worked off in halves")
    void halvesWhatIsTooMuch() {
        // given
        inbound.place(partition, "id", new Ends(0, 8));
        run("""
                create or replace function refuse_many() returns trigger language plpgsql as $$
                begin
                    if (select count(*) from fresh where application like 'many/%') > 1 then
                        raise exception 'no room' using errcode = '53100';
                    end if;
                    return null;
                end $$""");
        run("create trigger too_many after insert on command_id referencing new table as fresh"
                + " for each statement execute function refuse_many()");
        var application = "many/app" + partition.partition() + "-";
        var records = IntStream.range(0, 8)
                .mapToObj(i -> record(i, Files.command(application + i, "many-" + i, "abort")))
                .toArray(ConsumerRecord<?, ?>[]::new);

        // when
        var outcome = inbound.handle(batch(records));

        // then
        assertThat(outcome).isEqualTo(new Outcome.Stored(8));
        for (int i = 0; i < 8; i++) {
            assertThat(lookup.decisions(application + i, 10)).hasSize(1);
        }
    }

    private void run(String sql) {
        database.alone(session -> session.createNativeQuery(sql).executeUpdate());
    }

    private PartitionBatch batch(ConsumerRecord<?, ?>... records) {
        @SuppressWarnings("unchecked")
        var read = List.of((ConsumerRecord<byte[], byte[]>[]) records);
        return new PartitionBatch(Topic.COMMANDS, partition, "id", 0, read);
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>(NAME, partition.partition(), offset, null, value.getBytes(StandardCharsets.UTF_8));
    }
}
