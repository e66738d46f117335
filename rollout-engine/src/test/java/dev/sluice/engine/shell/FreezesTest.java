package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.kafka.Inbox.Ends;
import dev.sluice.engine.kafka.Inbox.Outcome;
import dev.sluice.engine.kafka.PartitionBatch;
import dev.sluice.engine.played.Files;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.StateForm;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.telemetry.Arrival;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What holds every application, at many of them and beside other instances. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class FreezesTest {
    private static final String NAME = Topic.COMMANDS.name(Topic.DEFAULT_PREFIX);
    private static final String STEPS = "{\"setWeight\":{\"weight\":10}},{\"pause\":{\"untilApproved\":true}}";
    private static final AtomicInteger TESTS = new AtomicInteger(6600);

    @Inject
    Inbound inbound;

    @Inject
    Handler handler;

    @Inject
    Lookup lookup;

    @Inject
    LastSeen lastSeen;

    @Inject
    Database database;

    @Inject
    StateForm form;

    private final TopicPartition partition = new TopicPartition(NAME, TESTS.incrementAndGet());
    private final String folder = "frozen-" + partition.partition();
    private final String application = folder + "/app-0";
    private long offset;

    @AfterEach
    void lift() {
        run("update application set state = null where name = '*'");
        run("delete from timer where application like '%s/%%'".formatted(folder));
        run("delete from application where name like '%s/%%'".formatted(folder));
        run("delete from route where application like '%s/%%'".formatted(folder));
    }

    @Test
    @DisplayName("B24: the next decision notices what another instance froze, though this one remembers otherwise")
    void noticesWhatAnotherInstanceFroze() {
        // given
        start();
        await("a decision that found what it remembered outdated forgets it, and the next reads it again")
                .until(() -> {
                    answer(WeightReport.Outcome.CHECKED);
                    return !lastSeen.of(Set.of(Freeze.APPLICATION)).isEmpty();
                });
        var elsewhere = State.empty(Freeze.APPLICATION)
                .frozen(List.of(new Freeze("xmas", Map.of(), "bob", null, Instant.now(), null)));
        run("update application set state = '%s', state_format = %d where name = '*'"
                .formatted(
                        form.encode(elsewhere).state(), form.encode(elsewhere).format()));

        // when
        answer(WeightReport.Outcome.APPLIED);

        // then
        assertThat(target().position().phase()).isEqualTo(Phase.WAITING);
        assertThat(target().traffic().weight()).isEqualTo(Weight.ZERO);
        assertThat(lookup.freezes()).extracting(Freeze::id).containsExactly("xmas");
    }

    @Test
    @DisplayName("B24: a thousand applications that wait go on once the freeze is lifted, long before they look again")
    void wakesAllThatWait() {
        // given
        all("freeze-" + folder, "freeze");
        start();
        answer(WeightReport.Outcome.CHECKED);
        answer(WeightReport.Outcome.APPLIED);
        assertThat(target().position().phase()).isEqualTo(Phase.WAITING);
        copies(1000);
        assertThat(waiting()).isEqualTo(1001);

        // when
        all("unfreeze-" + folder, "unfreeze");

        // then
        await().atMost(Duration.ofMinutes(2)).until(() -> waiting() == 0);
        assertThat(number("select count(*) from application where name like '%s/%%' and phase = 'Progressing'"
                        .formatted(folder)))
                .isEqualTo(1001);
        assertThat(number("select count(*) from timer where kind in ('look', 'lifted') and application like '%s/%%'"
                        .formatted(folder)))
                .isZero();
    }

    @Test
    @DisplayName("whoever decides waits for nobody who puts up a freeze")
    void decidesWhileSomebodyFreezes() throws Exception {
        // given
        start();
        answer(WeightReport.Outcome.CHECKED);
        var freezing = Thread.ofVirtual()
                .start(() -> database.transaction(session -> session.createNativeQuery(
                                "update application set degraded = degraded where name = '*'")
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery("select cast(pg_sleep(3) as text)", String.class)
                                .getResultList())));
        await().until(() -> sleeping() > 0);

        // when
        answer(WeightReport.Outcome.APPLIED);

        // then
        assertThat(sleeping()).as("it is still at it").isEqualTo(1);
        assertThat(target().traffic().weight()).isEqualTo(Weight.percent(10));
        freezing.join();
    }

    @Test
    @DisplayName("the row that keeps the freezes is made again where somebody deleted it")
    void makesItsRowAgain() {
        // given
        run("delete from application where name = '*'");

        // when
        start();

        // then
        assertThat(number("select count(*) from application where name = '*'")).isEqualTo(1);
        all("freeze-" + folder, "freeze");
        assertThat(lookup.freezes()).hasSize(1);
    }

    private void start() {
        command(Files.start(application, "start", Files.file(application, folder + "-app-0", STEPS)));
    }

    private void all(String id, String type) {
        command(Files.command(Freeze.APPLICATION, id, type));
    }

    private void command(String value) {
        if (offset == 0) {
            inbound.place(partition, "id", new Ends(0, 1000));
        }
        var record = new ConsumerRecord<byte[], byte[]>(
                NAME, partition.partition(), offset, null, value.getBytes(StandardCharsets.UTF_8));
        var batch = new PartitionBatch(Topic.COMMANDS, partition, "id", offset, List.of(record));
        assertThat(inbound.handle(batch)).isInstanceOf(Outcome.Stored.class);
        offset++;
    }

    /** The applier of the application's only route. */
    private void answer(WeightReport.Outcome outcome) {
        var run = target();
        var route = run.traffic().routes().getFirst();
        handler.handle(new Work(
                List.of(new Incoming.OfReport(report(run, route, outcome), Arrival.WITHIN)),
                List.of(),
                Optional.empty()));
    }

    private WeightReport report(TargetRun run, RouteRun route, WeightReport.Outcome outcome) {
        return new WeightReport(
                "start",
                application,
                "prod",
                route.identity(),
                run.traffic().generation(),
                run.traffic().sequence(),
                run.traffic().weight(),
                outcome,
                true,
                null,
                null,
                null,
                Map.of(),
                false,
                null,
                null,
                null,
                null,
                List.of(),
                Instant.now());
    }

    /** Waiting just as the first one does. */
    private void copies(int count) {
        run("""
                insert into application (name, state, state_format, plan, plan_id, rollout, phase, revision, updated_at)
                select replace(name, 'app-0', 'app-' || i),
                    cast(replace(cast(state as text), 'app-0', 'app-' || i) as jsonb), state_format,
                    cast(replace(cast(plan as text), 'app-0', 'app-' || i) as jsonb), plan_id, rollout, phase, revision,
                    updated_at
                from application, generate_series(1, %d) as i where name = '%s'""".formatted(count, application));
        run("""
                insert into timer (application, target, kind, due_at)
                select replace(application, 'app-0', 'app-' || i), target, kind, due_at
                from timer, generate_series(1, %d) as i where application = '%s'""".formatted(count, application));
    }

    private TargetRun target() {
        return lookup.application(application)
                .orElseThrow()
                .rollout()
                .target("prod")
                .orElseThrow();
    }

    private long waiting() {
        return number(
                "select count(*) from application where name like '%s/%%' and phase = 'Waiting'".formatted(folder));
    }

    private long sleeping() {
        return number("select count(*) from pg_stat_activity where query like 'select cast(pg_sleep(3)%'");
    }

    private void run(String sql) {
        database.alone(session -> session.createNativeQuery(sql).executeUpdate());
    }

    private long number(String sql) {
        return database.alone(
                session -> session.createNativeQuery(sql, Long.class).getSingleResult());
    }
}
