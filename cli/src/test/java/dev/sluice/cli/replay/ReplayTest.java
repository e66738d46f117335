package dev.sluice.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.replay.Past.Turned;
import dev.sluice.cli.replay.Replayed.Difference;
import dev.sluice.cli.trial.Tried.Ending;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file's judgement of rollouts that are over, on an invented log. */
class ReplayTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String LIMIT = "upperLimit: 0.05, minimumSamples: 20";
    private static final String FILE = """
            version: v1
            application: shop/checkout
            targets:
              prod: {cluster: prod, namespace: shop, strategy: careful}
            strategies:
              careful:
                canary:
                  steps:
                    - setWeight: {weight: 25}
                    - analysis: {interval: %s, numberOfJudgmentRuns: 3, queries: [errors]}
                    - setWeight: {weight: 50}
                    - pause: {duration: 5s}
            analysis:
              queries:
                - %s
            trafficManagement:
              - smi: [{rootServiceName: checkout}]
            """;

    private final InventedLog log = new InventedLog();
    private final List<Recording> recordings = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    @Test
    void whatWasGoodIsGoodByTheSameFile() throws Exception {
        // given
        traffic(NOON, 40, 0);
        recordings.add(good("r1", NOON));
        // when
        var replayed = replay(file("10s", LIMIT)).getFirst();
        // then
        assertThat(replayed.turned()).isEqualTo(Turned.GOOD);
        assertThat(replayed.now().ending()).isEqualTo(Ending.PROMOTED);
        assertThat(replayed.difference()).isEqualTo(Difference.NONE);
        assertThat(replayed.revision()).isEqualTo("1.4.2");
    }

    @Test
    void whatWasBadIsFoundByTheSameFileWhenItWasFoundThen() throws Exception {
        // given
        traffic(NOON, 40, 40);
        var bad = bad("r1", NOON);
        recordings.add(bad);
        verdicts.add(bad.verdict(Outcome.PASS, "latency", 5));
        verdicts.add(bad.verdict(Outcome.FAIL, "errors", 11.5));
        // when
        var replayed = replay(file("10s", LIMIT)).getFirst();
        // then
        assertThat(replayed.then().after()).isEqualTo(Duration.ofMillis(11_500));
        assertThat(replayed.then().firstFailure())
                .isEqualTo(new FirstFailures.Failure("errors", Duration.ofMillis(11_500), "too many"));
        assertThat(replayed.now().after()).isEqualTo(Duration.ofMillis(11_500));
        assertThat(replayed.now().analysis()).isEqualTo("step-2");
        assertThat(replayed.now().query()).isEqualTo("errors");
        assertThat(replayed.difference()).isEqualTo(Difference.NONE);
    }

    @Test
    void aFileThatLooksAtEveryEventFindsItSooner() throws Exception {
        // given
        traffic(NOON, 40, 40);
        recordings.add(bad("r1", NOON));
        // when
        var replayed = replay(file("10s", LIMIT + ", evaluation: continuous")).getFirst();
        // then
        assertThat(replayed.now().after()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
        assertThat(replayed.difference()).isEqualTo(Difference.NONE);
    }

    @Test
    void aFileThatIsTooStrictWouldTakeBackWhatWasGood() throws Exception {
        // given
        traffic(NOON, 40, 2);
        recordings.add(good("r1", NOON));
        // when
        var comparison = compare(file("10s", "upperLimit: 0.01, minimumSamples: 20"));
        // then
        assertThat(comparison.targets().getFirst().difference()).isEqualTo(Difference.FALSE_ALARM);
        assertThat(comparison.sums().falseAlarms()).isOne();
        assertThat(comparison.exit()).isEqualTo(Exit.ROLLED_BACK);
    }

    @Test
    void aFileThatNeedsLongerThanThereWasMissesIt() throws Exception {
        // given
        traffic(NOON, 40, 40);
        recordings.add(bad("r1", NOON));
        // when
        var comparison = compare(file("20s", LIMIT));
        // then
        assertThat(comparison.targets().getFirst().now().ending()).isEqualTo(Ending.UNDER_WAY);
        assertThat(comparison.targets().getFirst().difference()).isEqualTo(Difference.MISSED);
        assertThat(comparison.exit()).isEqualTo(Exit.ERROR);
    }

    @Test
    void aFileThatMeasuresNothingWouldHoldWhatWasGood() throws Exception {
        // given
        traffic(NOON, 40, 0);
        recordings.add(good("r1", NOON));
        // when
        var comparison = compare(file("10s", "upperLimit: 0.05, minimumSamples: 100000"));
        // then
        assertThat(comparison.targets().getFirst().difference()).isEqualTo(Difference.HELD);
        assertThat(comparison.exit()).isEqualTo(Exit.AWAITS_PERSON);
    }

    @Test
    void aPersonsWordOnHowItEndedCounts() throws Exception {
        // given
        traffic(NOON, 40, 40);
        recordings.add(bad("taken-back-wrongly", NOON).assessed("right").assessed("wrong"));
        recordings.add(aborted("stopped", NOON));
        recordings.add(aborted("stopped-rightly", NOON).assessed("right"));
        recordings.add(good("promoted-wrongly", NOON).assessed("wrong"));
        // when
        var comparison = compare(file("10s", LIMIT));
        // then
        assertThat(comparison.targets())
                .extracting(Replayed::rollout, Replayed::turned, Replayed::difference)
                .containsExactlyInAnyOrder(
                        tuple("taken-back-wrongly", Turned.GOOD, Difference.FALSE_ALARM),
                        tuple("stopped", null, null),
                        tuple("stopped-rightly", Turned.BAD, Difference.NONE),
                        tuple("promoted-wrongly", Turned.BAD, Difference.NONE));
        assertThat(comparison.sums().uncounted()).isOne();
    }

    @Test
    void whatWentBackForAnotherReasonCountsNowhere() throws Exception {
        // given
        traffic(NOON, 40, 0);
        recordings.add(begun("with-others", NOON).rolledBack(20, "verdict", "with-others/staging/background/1/2"));
        recordings.add(begun("no-endpoints", NOON).rolledBack(20, "report", "r"));
        recordings.add(begun("first", NOON).is("FirstDeployment", 1).promoted(20));
        recordings.add(begun("given-up", NOON).is("Failed", 20));
        recordings.add(begun("refused", NOON).is("Cancelled", 20));
        // when
        var replayed = replay(file("10s", LIMIT));
        // then
        assertThat(replayed).hasSize(5).allMatch(one -> one.difference() == null && one.why() != null);
    }

    @Test
    void whatFailedAfterItsPromotionWasBad() throws Exception {
        // given
        traffic(NOON, 40, 40);
        recordings.add(begun("r1", NOON).carries(12, 100).promotedInVain(30));
        // when
        var replayed = replay(file("10s", LIMIT)).getFirst();
        // then
        assertThat(replayed.turned()).isEqualTo(Turned.BAD);
        assertThat(replayed.then().after()).isEqualTo(Duration.ofSeconds(30));
        assertThat(replayed.now().after()).isEqualTo(Duration.ofMillis(11_500));
    }

    @Test
    void withoutItsMetricsARolloutCountsNowhere() throws Exception {
        // given
        recordings.add(good("none", NOON.plusSeconds(3600)));
        recordings.add(good("partly", NOON));
        recordings.add(good("gone", NOON.minusSeconds(600)));
        traffic(NOON, 40, 0);
        log.forgetBefore(NOON.plusSeconds(10));
        // when
        var comparison = compare(file("10s", LIMIT));
        // then
        assertThat(comparison.targets()).allMatch(one -> one.now() == null);
        assertThat(comparison.targets())
                .extracting(Replayed::why)
                .containsExactly(
                        "its metrics are no longer in the log",
                        "its metrics are only partly in the log: what came in before 2026-11-20T12:00:10Z is gone",
                        "the log has no metrics of it");
        assertThat(comparison.exit()).isEqualTo(Exit.ERROR);
    }

    @Test
    void repeatsTicksAndWhatNobodyCanReadChangeNothing() throws Exception {
        // given
        traffic(NOON, 40, 1);
        recordings.add(good("r1", NOON));
        var before = replay(file("10s", LIMIT));
        // when
        log.writeTwice();
        log.metric(NOON.plusSeconds(3), null);
        log.metric(NOON.plusSeconds(3), "no JSON");
        log.metric(
                NOON.plusSeconds(3),
                InventedLog.event("\"variant\":\"canary\"", "500", 900).replace("prod", "eu"));
        log.sentOn(NOON, NOON.plusSeconds(3), null);
        // then
        assertThat(replay(file("10s", LIMIT))).isEqualTo(before);
    }

    @Test
    void whatWasSentOnTakesThePlaceThatItHad() throws Exception {
        // given
        recordings.add(bad("r1", NOON));
        for (int second = 0; second < 15; second++) {
            log.count(NOON.plusSeconds(second), "canary", "200", 20);
            var failures = InventedLog.event("\"variant\":\"canary\"", "500", 10);
            log.sentOn(NOON.plusSeconds(second), NOON.plusSeconds(second).plusMillis(1900), failures);
        }
        // when
        var replayed = replay(file("10s", LIMIT)).getFirst();
        // then
        assertThat(replayed.now().after()).isEqualTo(Duration.ofMillis(11_500));
        assertThat(replayed.now().words()).contains("of 300 requests");
    }

    @Test
    void eventsMayNameRevisionsWhereTheAuditTellsWhichOnesRan() throws Exception {
        // given
        for (int second = 0; second < 40; second++) {
            log.countOf(NOON.plusSeconds(second), "1.4.1", "200", 75);
            log.countOf(NOON.plusSeconds(second), "1.4.2", "500", 25);
        }
        recordings.add(bad("told", NOON));
        recordings.add(new Recording("untold", NOON)
                .began()
                .carries(1, 25)
                .rolledBack(11.5, "verdict", "untold/prod/step-2/1/1"));
        // when
        var replayed = replay(file("10s", LIMIT));
        // then
        assertThat(replayed.getFirst().difference()).isEqualTo(Difference.NONE);
        assertThat(replayed.getLast().why()).contains("from before Sluice recorded which ones ran");
    }

    @Test
    void aProvidersQueryIsLeftOutAndNamed() throws Exception {
        // given
        traffic(NOON, 40, 0);
        recordings.add(good("r1", NOON));
        var asks = "{name: errors, metricProviderName: prometheus, queryTemplate: up, upperLimit: 0.8}";
        // when
        var comparison = compare(plan(FILE.formatted("10s", asks)));
        // then
        assertThat(comparison.notes()).singleElement().asString().contains("provider");
        assertThat(comparison.targets().getFirst().now().ending()).isEqualTo(Ending.PROMOTED);
    }

    @Test
    void theSameDecisionTwiceIsOne() throws Exception {
        // given
        traffic(NOON, 40, 40);
        recordings.add(bad("r1", NOON));
        var once = replay(file("10s", LIMIT));
        // when
        recordings.add(recordings.getFirst());
        // then
        assertThat(replay(file("10s", LIMIT))).isEqualTo(once);
    }

    @Test
    void choosesTheLastOnesThatAreOverAndNoWayBackToAnEarlierRelease() throws Exception {
        // given
        recordings.add(good("second", NOON.plusSeconds(600)));
        recordings.add(good("first", NOON));
        recordings.add(begun("running", NOON.plusSeconds(1200)));
        // when
        var past = past();
        // then
        assertThat(selected("last:1", past)).containsExactly("second");
        assertThat(selected("last:20", past)).containsExactly("first", "second");
        assertThat(selected("since:15m", past)).containsExactly("second");
        assertThat(selected("running,first", past)).containsExactly("running", "first");
        assertThatThrownBy(() -> selected("other", past))
                .isInstanceOf(Stop.class)
                .hasMessageContaining("no rollout other");
    }

    @Test
    void aMedianIsOfThoseThatAreFound() throws Exception {
        // given
        traffic(NOON, 40, 40);
        recordings.add(bad("r1", NOON));
        recordings.add(bad("r2", NOON));
        recordings.add(aborted("r3", NOON).assessed("right"));
        // when
        var sums = compare(file("10s", LIMIT)).sums();
        // then
        assertThat(sums.bad()).isEqualTo(3);
        assertThat(sums.missed()).isZero();
        assertThat(sums.medianThen()).isEqualTo(Duration.ofMillis(11_500));
        assertThat(sums.medianNow()).isEqualTo(Duration.ofMillis(11_500));
    }

    private List<String> selected(String written, PastRollouts past) throws Stop {
        return new Selection.Written().convert(written).of(past, NOON.plusSeconds(1300));
    }

    /** A quarter of 100 requests a second is the canary's; so many of its hundred fail. */
    private void traffic(Instant from, int seconds, double percent) {
        for (int second = 0; second < seconds; second++) {
            var time = from.plusSeconds(second).plusMillis(500);
            log.count(time, "stable", "200", 75);
            log.count(time, "canary", "200", 25 * (100 - percent) / 100);
            log.count(time, "canary", "500", 25 * percent / 100);
        }
    }

    private static Recording begun(String rollout, Instant begun) {
        return new Recording(rollout, begun).began("1.4.2", "1.4.1").carries(1, 25);
    }

    private static Recording good(String rollout, Instant begun) {
        return begun(rollout, begun).carries(32, 50).carries(38, 100).promoted(38);
    }

    private static Recording bad(String rollout, Instant begun) {
        return begun(rollout, begun).rolledBackByVerdict(11.5);
    }

    private static Recording aborted(String rollout, Instant begun) {
        return begun(rollout, begun).rolledBack(20, "abort", "c1");
    }

    private static RolloutPlan file(String interval, String rule) {
        var query = """
                {name: errors, ratio: {numerator: {metric: http_requests, labels: {code: '5..'}}, denominator: {metric: http_requests}}, %s}""".formatted(rule);
        return plan(FILE.formatted(interval, query));
    }

    private static RolloutPlan plan(String file) {
        return ((Read.Valid) new RolloutFileReader().read(file, Overrides.NONE)).plan();
    }

    private PastRollouts past() {
        var past = new PastRollouts(Recording.APPLICATION);
        recordings.forEach(recording -> recording.decisions().forEach(past::decided));
        return past;
    }

    private List<Replayed> replay(RolloutPlan plan) throws Stop {
        return compare(plan).targets();
    }

    private Comparison compare(RolloutPlan plan) throws Stop {
        var past = past();
        var failures = new FirstFailures(past.over());
        verdicts.forEach(failures::reached);
        return Comparison.of(Recording.APPLICATION, past, past.over(), new Replay(plan, log, failures));
    }
}
