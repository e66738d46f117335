package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.ApplicationPattern;
import dev.sluice.engine.kafka.Inbox.Ends;
import dev.sluice.engine.kafka.Inbox.Outcome;
import dev.sluice.engine.kafka.PartitionBatch;
import dev.sluice.engine.played.Files;
import dev.sluice.engine.postgres.Applications;
import dev.sluice.engine.postgres.CommandIds;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Outcomes;
import dev.sluice.engine.postgres.Timers;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the engine does for one application costs the same beside a hundred thousand others. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class ScaleTest {
    private static final String NAME = Topic.COMMANDS.name(Topic.DEFAULT_PREFIX);
    private static final String STEPS = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"untilApproved\":true}}";
    private static final List<String> TABLES =
            List.of("application", "rollout", "route", "decision", "timer", "command_id", "status_over");
    /** Partitions of decisions, one for each day of the longest that they are usually kept. */
    private static final int DAYS = 90;

    /** What is no larger, such as the partition of what has no day, is read whole with good reason. */
    private static final int FEW_PAGES = 8 * 8192;

    private static final int CONNECTIONS = 16;
    private static final List<CommandId> SOME = IntStream.range(0, 500)
            .mapToObj(i -> new CommandId("far/app-" + i, "never"))
            .toList();

    @Inject
    Inbound inbound;

    @Inject
    Handler handler;

    @Inject
    Lookup lookup;

    @Inject
    Outcomes outcomes;

    @Inject
    Retention retention;

    @Inject
    Database database;

    @Inject
    Applications applications;

    @Inject
    Timers timers;

    @Inject
    CommandIds commandIds;

    private static final AtomicInteger TESTS = new AtomicInteger(7777);

    private final TopicPartition partition = new TopicPartition(NAME, TESTS.incrementAndGet());
    private final String application = "scale/app-" + partition.partition();
    private long offset;

    @BeforeEach
    void fill() {
        run("""
                insert into application (name, state, phase, updated_at)
                select 'far/app-' || i, null, 'Pending', now() from generate_series(1, 100000) as i""");
        run("""
                insert into rollout (application, id, phase, started_at)
                select 'far/app-' || i, 'r', 'Pending', now() from generate_series(1, 100000) as i""");
        run("""
                insert into route (identity, object, application, generation)
                select 'far/ns/s.x/r' || i, 'far/ns/s.x/r' || i, 'far/app-' || i, 1
                from generate_series(1, 100000) as i""");
        run("select decision_day(cast(now() at time zone 'UTC' as date) - i) from generate_series(0, " + DAYS
                + ") as i");
        run("""
                insert into decision (application, n, audit_id, decision, errors, decided_at)
                select 'far/app-' || i, 1, 'far/app-' || i || '/1', 'Started', '[]',
                    now() - mod(i, 90) * interval '1 day'
                from generate_series(1, 100000) as i""");
        run("""
                insert into timer (application, target, kind, due_at)
                select 'far/app-' || i, 'prod', 'pause-end', now() + interval '1 year'
                from generate_series(1, 100000) as i""");
        run("""
                insert into command_id (application, id, received_at)
                select 'far/app-' || i, 'c', now() from generate_series(1, 100000) as i""");
        run("""
                insert into status_over (application, target, since)
                select 'far/app-' || i, 'prod', now() from generate_series(1, 100000) as i""");
    }

    private void analyze() {
        TABLES.forEach(table -> run("analyze " + table));
    }

    @AfterEach
    void empty() {
        run("delete from application where name like 'far/%'");
        for (var table : List.of("rollout", "route", "decision", "timer", "command_id", "status_over")) {
            run("delete from " + table + " where application like 'far/%'");
        }
        analyze();
    }

    @Test
    @DisplayName("no statement reads a table from end to end")
    void readsNoTableFromEndToEnd() throws Exception {
        // given
        analyze();
        inbound.place(partition, "id", new Ends(0, 1000));
        settled();
        var before = scans("seq_scan");
        var used = scans("idx_scan").get("application");

        // when
        // more than the five times after which PostgreSQL plans a prepared statement for good
        for (int i = 0; i < 10; i++) {
            doEverything(i);
        }

        // then
        settled();
        assertThat(scans("idx_scan").get("application"))
                .as("what was done has been told of")
                .isGreaterThan(used + 10);
        assertThat(scans("seq_scan")).isEqualTo(before);
    }

    @Test
    @DisplayName("nor by a plan that was made while there was hardly anything in it")
    void outgrowsNoPlan() throws Exception {
        // given
        empty();
        inbound.place(partition, "id", new Ends(0, 1000));
        for (int i = 0; i < 20; i++) {
            doEverything(i);
        }
        fill();
        settled();
        var before = scans("seq_scan");

        // when
        for (int i = 20; i < 40; i++) {
            doEverything(i);
        }

        // then
        settled();
        assertThat(scans("seq_scan")).isEqualTo(before);
    }

    private void doEverything(int i) throws InterruptedException {
        command(Files.start(application, "start-" + i, Files.file(application, STEPS)));
        command(Files.command(application, "pause-" + i, "pause"));
        handler.handle(Work.wakeUps(List.of(application), Instant.now()));
        command(Files.command(application, "abort-" + i, "abort"));
        command(Files.command("*", application + "-freeze-" + i, "freeze").replace('/', '.'));
        command(Files.command("*", application + "-unfreeze-" + i, "unfreeze").replace('/', '.'));
        database.alone(session -> timers.claim(session, Instant.now(), Duration.ofSeconds(1), 200));
        database.alone(session -> timers.next(session, Instant.now()));
        database.alone(session -> timers.late(session, Instant.EPOCH));
        database.alone(applications::degraded);
        retention.releasedRoutes();
        retention.statuses();
        retention.decisions();
        database.alone(session -> commandIds.forgetBefore(session, Instant.EPOCH));
        lookup.application(application);
        lookup.applications(Set.of(new ApplicationPattern("*")), null, null, 10);
        lookup.decisions(application, 10);
        lookup.outcome(application, "abort-" + i, Duration.ZERO);
        outcomes.decided(SOME, Instant.now().minus(Duration.ofHours(2)));
    }

    private void command(String value) {
        var record = new ConsumerRecord<byte[], byte[]>(
                NAME, partition.partition(), offset, null, value.getBytes(StandardCharsets.UTF_8));
        var batch = new PartitionBatch(Topic.COMMANDS, partition, "id", offset, List.of(record));
        assertThat(inbound.handle(batch)).isInstanceOf(Outcome.Stored.class);
        offset++;
    }

    /** A connection tells what it did only now and then; here each of the pool's has to, for all are held at once. */
    private void settled() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, CONNECTIONS)
                    .mapToObj(i -> threads.submit(() -> database.transaction(session -> session.createNativeQuery(
                                    "select cast(pg_stat_force_next_flush() as text), cast(pg_sleep(0.5) as text)",
                                    Object[].class)
                            .getResultList())))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
    }

    private Map<String, Long> scans(String column) {
        List<Object[]> rows =
                database.alone(session -> session.createNativeQuery("""
                        select relname, coalesce(%s, 0) from pg_stat_user_tables where pg_relation_size(relid) > %d
                        """.formatted(column, FEW_PAGES), Object[].class)
                        .getResultList());
        var scans = new TreeMap<String, Long>();
        rows.stream()
                .map(row -> Map.entry(table((String) row[0]), ((Number) row[1]).longValue()))
                .filter(table -> TABLES.contains(table.getKey()))
                .forEach(table -> scans.merge(table.getKey(), table.getValue(), Long::sum));
        return scans;
    }

    /** A partition is read from end to end as much as a table is. */
    private static String table(String name) {
        return name.startsWith("decision_") ? "decision" : name;
    }

    private void run(String sql) {
        database.alone(session -> session.createNativeQuery(sql).executeUpdate());
    }
}
