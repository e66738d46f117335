package dev.sluice.gate.core;

import static dev.sluice.gate.core.Bench.AT_THE_END;
import static dev.sluice.gate.core.Bench.RUN;
import static dev.sluice.gate.core.Bench.RUN_AND_GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Query.WhenAbsent;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nothing passes that wasn't measured (B10), and nobody is judged by another's numbers (B45). */
class HonestyTest {
    private final Bench bench = new Bench();
    private final Shop shop = Shop.named("shop/checkout");

    private void open(int runs, Query query) {
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, runs, query)));
    }

    private static Query ratioOf(String numerator, WhenAbsent whenAbsent) {
        var asked = Shop.query(
                "errors",
                new Question.Ratio(new Selector(numerator, Map.of()), new Selector("http_requests", Map.of())),
                0.01,
                null,
                1,
                Evaluation.INTERVAL);
        return asked.withWhenAbsent(whenAbsent);
    }

    private MetricEvent both(String variant, String revision, String code, double count) {
        return new MetricEvent(
                shop.application(),
                shop.target(),
                variant,
                revision,
                "http_requests",
                null,
                count,
                null,
                null,
                Map.of("code", code),
                null,
                null);
    }

    @Test
    @DisplayName(
            "Line 30: where there are no numbers, the words say how many events of this target were refused, and why")
    void saysThatEventsWereRefused() {
        // given
        open(1, AT_THE_END);
        var key = new TargetKey(shop.application(), shop.target());

        // when
        bench.tell(new GateEvent.EventsRefused(0, key, 40, "/variant: not one of the allowed values", bench.now()));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.verdicts().getFirst().queries().getFirst().words())
                .contains("40 events of this application and target went to the dead letters")
                .contains("/variant");
    }

    @Test
    @DisplayName("B10: a growing run doesn't pass on old samples once the traffic has stopped")
    void trafficThatStoppedIsNoSuccess() {
        // given
        open(2, AT_THE_END);
        bench.measure(shop.requests("canary", "200", 1000));

        // when
        bench.pass(RUN_AND_GRACE);
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS, Outcome.INCONCLUSIVE);
        assertThat(bench.verdicts().getLast().queries().getFirst().words()).contains("has its traffic stopped?");
    }

    @Test
    @DisplayName("B10: a numerator that nobody ever sent is no 0, and the words ask whether the name is right")
    void aMistypedNumeratorIsNoPass() {
        // given
        open(1, ratioOf("http_erors", null));

        // when
        bench.measure(shop.requests("canary", "200", 1000), shop.requests("canary", "500", 500));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.words())
                .contains("http_erors")
                .contains("is the name right?")
                .contains("http_requests");
    }

    @Test
    @DisplayName("B10: whenAbsent: zero says that a metric comes only when something happens")
    void anAbsentNumeratorIsZeroWhereTheFileSaysSo() {
        // given
        open(1, ratioOf("http_errors", WhenAbsent.ZERO));

        // when
        bench.measure(shop.requests("canary", "200", 1000));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
    }

    @Test
    @DisplayName("B10: errors for which there was no room aren't forgotten before their window is judged")
    void remembersWhatItHadNoRoomFor() {
        // given
        // the other target leaves room for a series of this one, but for nothing in it
        var small = new Bench(new Bounds(
                Duration.ofMillis(100),
                Duration.ofSeconds(70),
                Duration.ofHours(1),
                Duration.ofMillis(500),
                100,
                148,
                10,
                100));
        var other = Shop.named("shop/search");
        for (var code = 200; code < 300; code++) {
            small.measure(other.requests("stable", Integer.toString(code), 1));
        }
        small.pass(Duration.ofSeconds(69));
        small.open(shop.set(1, shop.analysis("step-1", small.now(), RUN, 1, AT_THE_END)));
        small.measure(shop.requests("canary", "500", 500));
        assertThat(small.lastTally().overflowed()).isEqualTo(1);

        // when
        small.pass(Duration.ofSeconds(3));
        small.measure(shop.requests("canary", "200", 500));
        assertThat(small.lastTally().overflowed()).isZero();
        small.pass(RUN_AND_GRACE);

        // then
        assertThat(small.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("B10: labels that were never seen on either side are said in the verdict's words")
    void saysThatANumeratorWasNeverSeen() {
        // given
        open(1, AT_THE_END);

        // when
        bench.measure(shop.requests("canary", "200", 1000));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
        assertThat(bench.words()).contains("no 5xx was seen on either side");
    }

    /** With room for all the series of more metrics than are remembered by name. */
    private Bench amongTooManyMetrics() {
        var roomy = new Bench(new Bounds(
                Duration.ofMillis(100),
                Duration.ofSeconds(70),
                Duration.ofHours(1),
                Duration.ofMillis(500),
                2000,
                6_000_000,
                10,
                10));
        roomy.open(shop.set(1, shop.analysis("step-1", roomy.now(), RUN, 1, ratioOf("errors", null))));
        for (int i = 0; i < 1000; i++) {
            roomy.measure(shop.value("canary", "junk_" + i, i));
        }
        roomy.measure(shop.requests("canary", "200", 1000));
        return roomy;
    }

    @Test
    @DisplayName("B10: whether a numerator was ever seen is not known where too many metrics were")
    void saysWhereItDoesNotKnowWhetherANumeratorWasSeen() {
        // given
        var roomy = amongTooManyMetrics();

        // when
        roomy.pass(RUN_AND_GRACE);

        // then
        assertThat(roomy.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(roomy.words()).startsWith("errors: whether anybody ever sent errors is not known");
    }

    @Test
    @DisplayName("B10: what a query asks for is remembered all the same")
    void remembersWhatIsAskedForAmongTooManyMetrics() {
        // given
        var roomy = amongTooManyMetrics();

        // when
        roomy.measure(shop.value("stable", "errors", 1));
        roomy.pass(RUN_AND_GRACE);

        // then
        assertThat(roomy.outcomes()).containsExactly(Outcome.PASS);
    }

    @Test
    @DisplayName("B10: a numerator for which there was no room is missing, and not 0")
    void aNumeratorWithoutRoomIsMissing() {
        // given
        var small = new Bounds(
                Duration.ofMillis(100),
                Duration.ofSeconds(70),
                Duration.ofHours(1),
                Duration.ofMillis(500),
                4,
                6_000_000,
                10,
                10);
        var narrow = new Bench(small);
        narrow.open(shop.set(1, shop.analysis("step-1", narrow.now(), RUN, 1, AT_THE_END)));

        // when
        for (int code = 200; code < 204; code++) {
            narrow.measure(shop.requests("canary", Integer.toString(code), 1000));
        }
        narrow.measure(shop.requests("canary", "500", 4000));
        narrow.pass(RUN_AND_GRACE);

        // then
        assertThat(narrow.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("Line 20: series that no query asks for leave room for the one that is judged")
    void unaskedSeriesLeaveRoom() {
        // given
        var small = new Bounds(
                Duration.ofMillis(100),
                Duration.ofSeconds(70),
                Duration.ofHours(1),
                Duration.ofMillis(500),
                100,
                60_000,
                10,
                10);
        var narrow = new Bench(small);
        narrow.open(shop.set(1, shop.analysis("step-1", narrow.now(), RUN, 1, AT_THE_END)));

        // when
        for (int i = 0; i < 1000; i++) {
            narrow.measure(shop.value("canary", "junk_" + i, i));
        }
        narrow.measure(shop.requests("canary", "200", 1000), shop.requests("canary", "500", 1));
        narrow.pass(RUN_AND_GRACE);

        // then
        assertThat(narrow.outcomes()).containsExactly(Outcome.PASS);
    }

    @Test
    @DisplayName("Line 20: ids are charged to the memory that all windows share")
    void idsAreChargedToTheBudget() {
        // given
        var budget = new Budget(4000);
        var ids = new RecentIds(1_000_000, budget);

        // when
        for (int i = 0; i < 10_000; i++) {
            ids.add(IdHash.of("a-rather-long-id-that-says-nothing-" + i), i);
        }

        // then
        assertThat(budget.left()).isBetween(900L, 1100L);
        assertThat(ids.add(IdHash.of("a-rather-long-id-that-says-nothing-9999"), 10_000))
                .isFalse();
        ids.release();
        assertThat(budget.left()).isEqualTo(4000);
    }

    @Test
    @DisplayName("B45: the last release's late numbers, labelled canary, never judge the next one")
    void anOldRevisionIsNotTheCanary() {
        // given
        open(1, AT_THE_END);

        // when
        bench.measure(both("canary", "1.4.2", "200", 1000), both("canary", "1.4.1", "500", 400));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
        assertThat(bench.words()).contains("400 events said canary and revision 1.4.1: not judged");
    }

    @Test
    @DisplayName("B45: a canary's errors that are labelled stable are named, and its silence is no pass")
    void aCanaryThatSaysStableIsNamed() {
        // given
        open(1, AT_THE_END);

        // when
        bench.measure(both("stable", "1.4.2", "500", 400));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.words()).contains("400 events said stable and revision 1.4.2: not judged");
    }

    @Test
    @DisplayName("Line 11: a quantile beyond one layout's last bound is only the least that it can be")
    void mixedLayoutsKnowOnlyALowerBound() {
        // given
        var p99 = Shop.query(
                "latency", new Question.Quantile(Selector.of("latency_ms"), 0.99), 100.0, null, 1, Evaluation.INTERVAL);
        open(1, p99);

        // when
        bench.measure(
                shop.histogram("canary", "latency_ms", List.of(10.0, 25.0), List.of(0.0, 0.0, 200.0)),
                shop.histogram("canary", "latency_ms", List.of(50.0, 100.0, 250.0), List.of(780.0, 20.0, 0.0, 0.0)));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.INCONCLUSIVE);
        assertThat(bench.words()).contains("at least");
    }

    @Test
    @DisplayName("Line 11: an id counts once by when it came, whatever time it names")
    void aLateResendCountsOnce() {
        // given
        open(1, AT_THE_END);
        var early = bench.now().plusSeconds(1);

        // when
        bench.measure(shop.requests("canary", "200", 1000));
        bench.measure(shop.requests("canary", "500", 9, early.minusSeconds(50), "once"));
        bench.pass(Duration.ofSeconds(25));
        bench.measure(shop.requests("canary", "500", 9, early.minusSeconds(30), "once"));
        bench.pass(Duration.ofSeconds(6));

        // then
        assertThat(bench.lastTally().repeated()).isOne();
    }
}
