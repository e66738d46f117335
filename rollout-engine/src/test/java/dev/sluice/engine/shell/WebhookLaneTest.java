package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.StateForm;
import dev.sluice.engine.postgres.Store;
import dev.sluice.engine.postgres.WebhookCallRows;
import dev.sluice.engine.webhook.CalledServer;
import dev.sluice.engine.webhook.Calls;
import dev.sluice.engine.webhook.WebhookSettings;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From a stored call to its taken up answer, whatever goes down in between. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(WebhookSettings.class)
class WebhookLaneTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration HOLD = Duration.ofMinutes(1);

    @Inject
    WebhookLane lane;

    @Inject
    Database database;

    @Inject
    Store store;

    @Inject
    StateForm form;

    @Inject
    WebhookCallRows rows;

    @Inject
    LeftCalls leftCalls;

    @Inject
    Engine engine;

    @Inject
    MeterRegistry meters;

    private final CountDownLatch over = new CountDownLatch(1);
    private final CalledServer server = CalledServer.answering(200, "");

    @AfterEach
    void close() {
        over.countDown();
        server.close();
        run("drop trigger if exists refused on webhook_call");
        await().atMost(LONGEST).until(() -> database.alone(rows::count) == 0);
    }

    @Test
    void aStoredCallIsMadeAndItsRowGoesWithTheAnswer() {
        // given
        var taken = events("webhook");

        // when
        store(Calls.to(server.url("/"))
                .id("lane/a/1")
                .header("X-Key", "{{secrets.test-token}}")
                .call());

        // then
        await().atMost(LONGEST).until(() -> events("webhook") == taken + 1);
        assertThat(database.alone(rows::count)).isZero();
        assertThat(server.came()).hasSize(1);
        assertThat(server.came().getFirst().header("Idempotency-key")).isEqualTo("lane/a/1");
        assertThat(server.came().getFirst().header("X-key")).isEqualTo(WebhookSettings.SECRET);
    }

    @Test
    void theSameCallStoredTwiceIsOne() {
        // given
        lane.stop();
        var call = Calls.to(server.url("/")).id("lane/twice/1").call();

        // when
        store(call);
        store(call);

        // then
        assertThat(database.alone(rows::count)).isEqualTo(1);
        lane.start();
    }

    @Test
    void whatWasNotStoredIsCalledAgainUnderTheSameKey() {
        // given: the answer comes, and what it led to can't be stored
        run("""
                create or replace function refuse_deletes() returns trigger language plpgsql as $$
                begin
                    raise exception 'no room' using errcode = '53100';
                end $$""");
        run("create trigger refused before delete on webhook_call for each row execute function refuse_deletes()");
        store(Calls.to(server.url("/")).id("lane/crash/1").call());
        await().atMost(LONGEST).until(() -> !server.came().isEmpty());

        // when: the engine goes down, and another comes once the claim is over
        lane.stop();
        assertThat(database.alone(rows::count)).isEqualTo(1);
        run("drop trigger refused on webhook_call");
        run("update webhook_call set claimed_until = now() - interval '1 second'");
        lane.start();

        // then
        await().atMost(LONGEST).until(() -> database.alone(rows::count) == 0);
        assertThat(server.came())
                .extracting(came -> came.header("Idempotency-key"))
                .containsExactly("lane/crash/1", "lane/crash/1");
    }

    @Test
    void oneInstanceMakesACallAndAnotherOnceTheClaimIsOver() {
        // given
        lane.stop();
        store(Calls.to(server.url("/"))
                .id("lane/claim/1")
                .timeout(Duration.ofMillis(1))
                .call());

        // when
        var over = claim(Map.of(), 10, 10, Duration.ofMillis(-10));
        var first = claim(Map.of(), 10, 10, HOLD);
        var second = claim(Map.of(), 10, 10, HOLD);

        // then
        assertThat(over).hasSize(1);
        assertThat(first).containsExactly("lane/claim/1");
        assertThat(second).isEmpty();
        run("update webhook_call set claimed_until = null");
        lane.start();
    }

    @Test
    void everyHostHasItsTurn() {
        // given
        lane.stop();
        try (var other = CalledServer.answering(200, "")) {
            IntStream.range(0, 10)
                    .forEach(i -> store(
                            Calls.to(server.url("/")).id("lane/turn/a" + i).call()));
            IntStream.range(0, 10)
                    .forEach(i ->
                            store(Calls.to(other.url("/")).id("lane/turn/b" + i).call()));

            // when
            var few = claim(Map.of(), 5, 4, HOLD);
            var rest = claim(Map.of("127.0.0.1:" + server.port(), 4), 5, 100, HOLD);

            // then
            assertThat(few).containsExactlyInAnyOrder("lane/turn/a0", "lane/turn/b0", "lane/turn/a1", "lane/turn/b1");
            assertThat(rest).filteredOn(id -> id.contains("/a")).containsExactly("lane/turn/a2");
            assertThat(rest).filteredOn(id -> id.contains("/b")).hasSize(5);
            run("update webhook_call set claimed_until = null");
            lane.start();
            await().atMost(LONGEST).until(() -> database.alone(rows::count) == 0);
        }
    }

    @Test
    void aHostThatIsSlowKeepsNoOtherWaiting() {
        // given
        try (var slow = new CalledServer(exchange -> over.await())) {
            IntStream.range(0, 10)
                    .forEach(i ->
                            store(Calls.to(slow.url("/")).id("lane/slow/" + i).call()));
            await().atMost(LONGEST).until(() -> slow.came().size() == WebhookSettings.PER_HOST);

            // when
            store(Calls.to(server.url("/")).id("lane/beside/1").call());

            // then
            await().atMost(LONGEST).until(() -> !server.came().isEmpty());
            assertThat(slow.came()).hasSize(WebhookSettings.PER_HOST);
            over.countDown();
            await().atMost(LONGEST).until(() -> database.alone(rows::count) == 0);
            assertThat(slow.came()).hasSize(10);
        }
    }

    @Test
    @DisplayName("B42 a call that this version can't read is left alone and said, and keeps no other waiting")
    void aCallThatCannotBeReadIsLeftAlone() {
        // given
        run("insert into webhook_call (id, application, target, host, timeout_millis, call)"
                + " values ('lane/unreadable/1', 'a', 't', 'h', 1, '[]')");
        await().atMost(LONGEST).until(() -> left("lane/unreadable/1"));

        // when
        store(Calls.to(server.url("/")).id("lane/beside-unreadable/1").call());

        // then: whoever can read it finds it unclaimed
        await().atMost(LONGEST).until(() -> database.alone(rows::count) == 1);
        assertThat(server.came()).hasSize(1);
        assertThat(claim(Map.of(), 10, 10, HOLD)).containsExactly("lane/unreadable/1");

        // when
        run("delete from webhook_call");
        leftCalls.look();

        // then
        assertThat(engine.obstacle()).isEmpty();
    }

    @Test
    @DisplayName("B42 a call of a later version's form is left to it, and made by the first that knows the form")
    void aCallOfALaterVersionIsLeftToIt() {
        // given
        lane.stop();
        store(Calls.to(server.url("/")).id("lane/later/1").call());
        run("update webhook_call set format = 99");
        lane.start();

        // when
        store(Calls.to(server.url("/")).id("lane/beside-later/1").call());

        // then
        await().atMost(LONGEST).until(() -> left("lane/later/1"));
        await().atMost(LONGEST).until(() -> database.alone(rows::count) == 1);
        assertThat(server.came())
                .extracting(came -> came.header("Idempotency-key"))
                .containsExactly("lane/beside-later/1");
        assertThat(lane.isRunning()).isTrue();

        // when: this stands for an upgrade
        run("update webhook_call set format = 1");

        // then
        await().atMost(LONGEST).until(() -> database.alone(rows::count) == 0);
        await().atMost(LONGEST).until(() -> engine.obstacle().isEmpty());
    }

    private boolean left(String id) {
        return engine.obstacle().filter(words -> words.contains(id)).isPresent()
                && meters.get("sluice.webhook.calls.left").gauge().value() == 1;
    }

    @Test
    void aCallGoesOutByTheCommitThatItFollowsFrom() {
        // given
        var call = Calls.to(server.url("/")).id("lane/commit/1").call();
        var writes = new Writes(Map.of(), Map.of(), Instant.now());

        // when
        writes.call(List.of(call));

        // then
        assertThat(writes.hasCalls()).isTrue();
        var row = writes.changes("orders", form).webhooks().calls().getFirst();
        assertThat(row.host()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(row.timeoutMillis()).isEqualTo(20_000);
        assertThat(row.call()).isEqualTo(call);
    }

    private List<String> claim(Map<String, Integer> busy, int perHost, int most, Duration margin) {
        return database.alone(session -> rows.claim(session, Set.of(), busy, perHost, most, margin)).stream()
                .map(WebhookCallRows.Claimed::id)
                .toList();
    }

    /** As the transaction does whose decisions it follows from. */
    private void store(WebhookCall call) {
        var writes = new Writes(Map.of(), Map.of(), Instant.now());
        writes.call(List.of(call));
        var changes = Store.prepare(writes.changes("orders", form));
        database.alone(session -> store.write(session, changes));
    }

    private double events(String kind) {
        var counter = meters.find("sluice.events").tag("kind", kind).counter();
        return counter == null ? 0 : counter.count();
    }

    private void run(String sql) {
        database.alone(session -> session.createNativeQuery(sql).executeUpdate());
    }
}
