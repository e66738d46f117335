package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.core.Entrance;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.postgres.Changes;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.engine.postgres.Consumed;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Stale;
import dev.sluice.engine.postgres.StateForm;
import dev.sluice.engine.postgres.Store;
import dev.sluice.engine.postgres.Unlocked;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.telemetry.Arrival;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading without locks: what has changed until it is stored stops the whole, and nothing else does. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class UnlockedTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final AtomicInteger NEXT = new AtomicInteger(9000);

    @Inject
    Database database;

    @Inject
    Unlocked unlocked;

    @Inject
    Store store;

    @Inject
    StateForm form;

    @Inject
    Handler handler;

    private final int number = NEXT.getAndIncrement();
    private final String name = "unlocked/app" + number;

    @BeforeEach
    void insert() {
        run("insert into application (name, updated_at) values ('%s', now()), ('%s-b', now())".formatted(name, name));
        run("insert into consumed (topic, partition, topic_id, next_offset) values ('t', %d, 'id', 5)"
                .formatted(number));
    }

    @Test
    void storesWhatNobodyTouchedMeanwhile() {
        // given
        var seen = read(name, name + "-b");
        // when
        var changes = changes(
                List.of(application(seen.get(name).version(), 3)),
                guard(5, List.of(version(seen, name + "-b")), List.of(id("c1"))));
        write(changes);
        // then
        assertThat(read(name).get(name).state().decisions()).isEqualTo(3);
        assertThat(number("select next_offset from consumed where topic = 't' and partition = " + number))
                .isEqualTo(6);
        assertThat(read(name).get(name).known()).containsExactly("c1");
    }

    @Test
    void theVersionThatIsStoredIsTheOneThatIsReadNext() {
        // given
        var seen = read(name);
        // when
        var stored = write(changes(List.of(application(seen.get(name).version(), 3)), guard(5, List.of(), List.of())));
        // then
        assertThat(stored.version()).isEqualTo(read(name).get(name).version());
    }

    @Test
    void whatAnotherInstanceStoredCountsAlthoughThisOneRemembersItsOwn() {
        // given
        handler.handle(command("c1"));
        run("update application set state = jsonb_set(state, '{decisions}', '100') where name = '%s'".formatted(name));
        // when
        handler.handle(command("c2"));
        // then
        assertThat(number("select max(n) from decision where application = '%s'".formatted(name)))
                .isEqualTo(101);
    }

    @Test
    void aCommandThatComesAgainIsTakenOnceAlthoughItsApplicationIsRemembered() {
        // given
        handler.handle(command("c1"));
        // when
        handler.handle(command("c1"));
        // then
        assertThat(number("select count(*) from decision where application = '%s' and decision = 'Ignored'"
                        .formatted(name)))
                .isEqualTo(1);
    }

    /** Nothing runs that it could concern, and so it is refused: one decision. */
    private Work command(String id) {
        var pause = new Command(
                id, CommandType.PAUSE, name, null, null, null, null, null, null, null, null, null, null, false, false);
        return new Work(
                List.of(new Incoming.OfCommand(pause, NOW, null, Arrival.WITHIN, Entrance.BELIEVED)),
                List.of(),
                Optional.empty());
    }

    @Test
    void aWakeUpOfAnApplicationThatIsGoneIsOver() {
        // given
        run("delete from application where name = '%s'".formatted(name));
        run("insert into timer (application, target, kind, due_at) values ('%s', 'prod', 'pause-end', timestamptz '%s')"
                .formatted(name, NOW));
        // when
        handler.handle(Work.wakeUps(List.of(name), Instant.now()));
        // then
        assertThat(number("select count(*) from timer where application = '%s'".formatted(name)))
                .isZero();
    }

    @Test
    void anApplicationThatChangedMeanwhileStopsTheWhole() {
        // given
        var seen = read(name);
        touch(name);
        // when / then
        assertStale(changes(List.of(application(seen.get(name).version(), 3)), guard(5, List.of(), List.of())));
    }

    @Test
    void anApplicationThatWasOnlyReadAndChangedMeanwhileStopsTheWhole() {
        // given
        var seen = read(name, name + "-b");
        touch(name + "-b");
        // when / then
        assertStale(changes(
                List.of(application(seen.get(name).version(), 3)),
                guard(5, List.of(version(seen, name + "-b")), List.of())));
    }

    @Test
    void aSurroundingThatChangedMeanwhileStopsTheWhole() {
        // given
        var seen = read(name, name + "-b");
        var around = new Changes.Guard(
                guard(5, List.of(), List.of()).advance(),
                List.of(),
                List.of(version(seen, name + "-b")),
                List.of(),
                List.of(),
                NOW);
        touch(name + "-b");
        // when / then
        assertStale(changes(List.of(application(seen.get(name).version(), 3)), around));
    }

    @Test
    void aCommandThatWasTakenMeanwhileStopsTheWhole() {
        // given
        var seen = read(name);
        run("insert into command_id (application, id, received_at) values ('%s', 'c1', now())".formatted(name));
        // when / then
        assertStale(changes(List.of(application(seen.get(name).version(), 3)), guard(5, List.of(), List.of(id("c1")))));
    }

    @Test
    void aPartitionThatMovedMeanwhileStopsTheWhole() {
        // given
        var seen = read(name);
        // when / then
        assertStale(changes(List.of(application(seen.get(name).version(), 3)), guard(4, List.of(), List.of())));
    }

    @Test
    void aChangeThatCommitsWhileTheStoreWaitsForItStopsTheWhole() throws Exception {
        // given
        var seen = read(name);
        var changes = changes(List.of(application(seen.get(name).version(), 3)), guard(5, List.of(), List.of()));
        // when
        var slow = Thread.ofVirtual()
                .start(() -> database.transaction(session -> session.createNativeQuery(
                                "update application set degraded = 1 where name = '%s'".formatted(name))
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery("select cast(pg_sleep(1) as text)", String.class)
                                .getResultList())));
        await().until(() ->
                number("select count(*) from pg_stat_activity where query like 'select cast(pg_sleep%'") > 0);
        // then
        assertStale(changes);
        slow.join();
    }

    private void assertStale(Changes changes) {
        assertThatThrownBy(() -> write(changes)).isInstanceOf(Stale.class);
        assertThat(read(name).get(name).state().decisions()).isZero();
        assertThat(number("select next_offset from consumed where topic = 't' and partition = " + number))
                .isEqualTo(5);
    }

    private Store.Stored write(Changes changes) {
        var prepared = Store.prepare(changes);
        return database.alone(session -> store.write(session, prepared));
    }

    private Map<String, Unlocked.Seen> read(String... names) {
        return unlocked.seen(
                database.alone(session -> unlocked.read(session, Set.of(names), List.of(new CommandId(name, "c1")))));
    }

    private void touch(String application) {
        run("update application set degraded = degraded where name = '%s'".formatted(application));
    }

    private Changes.Application application(String version, long decisions) {
        var empty = State.empty(name);
        var state = new State(
                name, null, decisions, empty.versions(), empty.stableRevisions(), empty.aborts(), empty.routes());
        return RolloutRows.application(state, form.encode(state), version, NOW);
    }

    private static Changes.Version version(Map<String, Unlocked.Seen> seen, String application) {
        return new Changes.Version(application, seen.get(application).version());
    }

    private CommandId id(String id) {
        return new CommandId(name, id);
    }

    private Changes.Guard guard(long expected, List<Changes.Version> unchanged, List<CommandId> ids) {
        return new Changes.Guard(
                List.of(new Consumed.Advance("t", number, "id", expected, expected + 1)),
                unchanged,
                List.of(),
                ids,
                List.of(),
                NOW);
    }

    private static Changes changes(List<Changes.Application> applications, Changes.Guard guard) {
        return new Changes(
                applications,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                Changes.Webhooks.NONE,
                "orders",
                guard);
    }

    private void run(String sql) {
        database.alone(session -> session.createNativeQuery(sql).executeUpdate());
    }

    private long number(String sql) {
        return database.alone(
                session -> session.createNativeQuery(sql, Long.class).getSingleResult());
    }
}
