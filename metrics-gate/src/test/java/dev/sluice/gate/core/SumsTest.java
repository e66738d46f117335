package dev.sluice.gate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.gate.Shop;
import dev.sluice.gate.core.GateEvent.Complete;
import dev.sluice.gate.core.GateEvent.MetricsArrived;
import dev.sluice.gate.core.Plainly.Window;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.AnalysisSet.Analysis;
import dev.sluice.schemas.message.AnalysisSet.Variants;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Samples;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What runs sum up as events come in is what a plain walk over all events finds: whenever analyses open, change and close, and
 * whenever events come, late, early, twice, or of series that were not there before.
 */
class SumsTest {
    private static final Duration LENGTH = Duration.ofMinutes(6);
    private static final Query ERRORS = Shop.errorRate(Evaluation.CONTINUOUS, 5);
    private static final Query DEPTH =
            Shop.query("depth", new Question.Mean(Selector.of("depth")), 1e9, null, 1, Evaluation.INTERVAL);
    /** Asks the same, and leaves a weight to settle. */
    private static final Query CALM =
            new Query("calm", DEPTH.asks(), DEPTH.rule(), Evaluation.CONTINUOUS).withSettle(Duration.ofMillis(2750));

    private final Shop shop = Shop.named("shop/random");
    private final Bench bench = new Bench();
    private final Plainly plainly = new Plainly();
    private final List<Analysis> open = new ArrayList<>();
    private final List<Instant> moved = new ArrayList<>();
    private Random random;
    private Instant now = Bench.START;
    private long offset;
    private int opened;
    private int checked;
    private Variants variants = Shop.VARIANTS;
    private AnalysisSet set;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    @DisplayName("B10: each verdict's numbers are those of a walk over all events of its window")
    void sumsAreWhatAWalkOverAllEventsFinds(long seed) {
        random = new Random(seed);
        for (int revision = 1; now.isBefore(Bench.START.plus(LENGTH)); ) {
            if (random.nextInt(60) == 0) {
                change(revision++);
            }
            if (random.nextInt(80) == 0) {
                moved.add(now.minusMillis(random.nextInt(40)));
                tell(revision++);
            }
            now = now.plusMillis(random.nextInt(500));
            judged(arrived());
        }
        assertThat(checked).isGreaterThan(20);
    }

    /** Opens, closes and changes analyses; sometimes what runs on the two sides is another pair. */
    private void change(int revision) {
        if (!open.isEmpty() && random.nextInt(3) == 0) {
            open.remove(random.nextInt(open.size()));
        }
        if (open.size() < 4) {
            open.add(shop.analysis(
                    "step-" + opened++,
                    now.plusMillis(random.nextInt(70_000) - 60_000),
                    Duration.ofMillis(3000 + random.nextInt(20_000)),
                    random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(8),
                    random.nextBoolean() ? Lookback.GROWING : Lookback.SLIDING,
                    random.nextInt(3) == 0 ? Duration.ofSeconds(10) : Duration.ZERO,
                    ERRORS,
                    DEPTH,
                    CALM));
        }
        variants = random.nextInt(4) == 0 ? new Variants("1.4.0", "1.4.1") : Shop.VARIANTS;
        tell(revision);
    }

    private void tell(int revision) {
        set = new AnalysisSet(
                "r",
                shop.application(),
                shop.target(),
                1,
                revision,
                null,
                Map.of(),
                variants,
                List.copyOf(moved),
                List.copyOf(open));
        judged(bench.tell(new GateEvent.AnalysesChanged(set)));
    }

    private List<Decision> arrived() {
        var arrivals = new ArrayList<Arrival>();
        for (int i = random.nextInt(5); i > 0; i--) {
            var arrival = new Arrival(event(), now, new Origin("rollout.metrics/0", offset++, 0));
            arrivals.add(arrival);
            plainly.take(arrival);
            if (random.nextInt(10) == 0) {
                // sent on twice, or sent twice
                arrivals.add(
                        arrival.event().id() == null
                                ? arrival
                                : new Arrival(arrival.event(), now, new Origin("rollout.metrics/0", offset++, 0)));
            }
        }
        return bench.tell(new MetricsArrived(0, arrivals, now));
    }

    private MetricEvent event() {
        var isOfVariant = random.nextInt(4) > 0;
        var isOfRevision = !isOfVariant || random.nextInt(5) == 0;
        var isValue = random.nextInt(3) == 0;
        return new MetricEvent(
                shop.application(),
                shop.target(),
                isOfVariant ? (random.nextBoolean() ? "canary" : "stable") : null,
                isOfRevision ? "1.4." + random.nextInt(3) : null,
                isValue ? "depth" : "http_requests",
                time(),
                isValue ? null : (double) random.nextInt(20),
                isValue ? random.nextInt(100) / 4.0 : null,
                null,
                isValue ? Map.of() : Map.of("code", random.nextInt(100) == 0 ? "500" : "20" + random.nextInt(3)),
                null,
                random.nextInt(3) == 0 ? "id-" + offset : null);
    }

    private Instant time() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> null;
            case 3, 4, 5 -> now.minusMillis(random.nextInt(2000));
            case 6 -> now.minusMillis(random.nextInt(70_000));
            default -> now.plusMillis(random.nextInt(6000));
        };
    }

    private void judged(List<Decision> decisions) {
        for (var decision : decisions) {
            switch (decision) {
                case Decision.VerdictReached(var verdict) -> check(verdict);
                case Decision.CompletenessNeeded(var partition, var upTo) ->
                    judged(bench.tell(new Complete(partition, upTo)));
                case Decision.RebuildNeeded needed -> throw new IllegalStateException("nothing is that old");
                default -> {}
            }
        }
    }

    private void check(Verdict verdict) {
        var analysis = open.stream()
                .filter(one -> one.analysis().equals(verdict.analysis()))
                .findFirst()
                .orElseThrow();
        var windows = Window.of(analysis, verdict.run());
        assertThat(windows)
                .as("%s of %s, extended by up to %s", verdict, analysis, analysis.maxWait())
                .anySatisfy(window -> verdict.queries().forEach(result -> {
                    var isErrors = result.name().equals(ERRORS.name());
                    var leftOut =
                            Plainly.settling(result.name().equals(CALM.name()) ? moved : List.of(), CALM.settle());
                    var canary = plainly.measure(isErrors, Variant.canary(set.variants()), window, leftOut);
                    var stable = plainly.measure(isErrors, Variant.stable(set.variants()), window, leftOut);
                    // whoever looks at nothing has counted nothing
                    var samples = result.samples() == null ? new Samples(0, 0) : result.samples();
                    assertThat(samples.canary()).isEqualTo(canary.samples());
                    assertThat(samples.stable()).isEqualTo(stable.samples());
                    isAbout(result.canary(), canary.value());
                    isAbout(result.stable(), stable.value());
                }));
        checked++;
    }

    private static void isAbout(Double found, Double expected) {
        if (expected == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found).isCloseTo(expected, within(1e-9));
        }
    }
}
