package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Fold;
import dev.sluice.gate.core.Grid;
import dev.sluice.gate.core.Judge;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Reach;
import dev.sluice.gate.core.Side;
import dev.sluice.gate.core.View;
import dev.sluice.gate.statistics.BetaBinomialState;
import dev.sluice.gate.statistics.Cell;
import dev.sluice.gate.statistics.Counts;
import dev.sluice.gate.statistics.InstancesState;
import dev.sluice.gate.statistics.RateRatioTest;
import dev.sluice.gate.statistics.RatioInterval;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code sequential}, of a share of events: whether the canary's is higher than the stable side's, by a test that may look with every
 * event and still fails a good release with probability {@code falseAborts} at most. That it doesn't fail says that nothing was
 * found, as far as its samples can tell: {@code docs/what-a-judge-can-find.md}. Where events name their instance, what comes from
 * one alone fails nothing.
 */
@Singleton
public class SequentialJudge implements Judge {
    private static final dev.sluice.gate.statistics.Grid CELLS = new dev.sluice.gate.statistics.Grid(0);

    private static final Grid GRID = new Grid() {
        @Override
        public int cell(long elapsedMillis) {
            return CELLS.cellAt(elapsedMillis);
        }

        @Override
        public long startMillis(int cell) {
            return cell < dev.sluice.gate.statistics.Grid.cells() ? CELLS.startOf(cell) : Long.MAX_VALUE / 2;
        }
    };

    /** What has been weighed; what only words need is worked out for them. */
    private interface Weighed {
        /** The smallest share of the canary's that would have been rejected by now; empty where the test can't tell. */
        default OptionalDouble detectable() {
            return OptionalDouble.empty();
        }

        /** Of the e-value; NaN where it can't be weighed. */
        double logE();

        boolean isRejected();

        /** Null where the test knows none. */
        default RatioInterval interval() {
            return null;
        }

        /** The one instance without which nothing would speak against the canary. */
        default Optional<String> suspect() {
            return Optional.empty();
        }
    }

    @Override
    public boolean takes(Query query) {
        return query.rule() instanceof Rule.Sequential && !(query.asks() instanceof Question.Quantile);
    }

    @Override
    public Reach reach(Query query) {
        return Reach.NONE.folding(GRID);
    }

    @Override
    public String obstacle(Query query, Measure measure) {
        return measure.isShare() ? null : "sequential takes a ratio, over or a quantile, not " + measure.word();
    }

    @Override
    public Outcome outcome(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        var stable = measure.measure(query, evidence.of(Side.STABLE));
        return stable instanceof Measured.Found beside && !beside.atLeast()
                ? outcome(weighed(query, measure, evidence), canary)
                : Outcome.INCONCLUSIVE;
    }

    /** A canary of which only a least is known may fail, and not pass. */
    private static Outcome outcome(Weighed weighed, Measured.Found canary) {
        if (Double.isNaN(weighed.logE())) {
            return Outcome.INCONCLUSIVE;
        }
        return weighed.isRejected() ? Outcome.FAIL : canary.atLeast() ? Outcome.INCONCLUSIVE : Outcome.PASS;
    }

    @Override
    public Finding judge(Query query, Measure measure, Measured.Found canary, Evidence evidence) {
        var rule = rule(query);
        var stable = measure.measure(query, evidence.of(Side.STABLE));
        if (!(stable instanceof Measured.Found beside)) {
            var missing = (Measured.Missing) stable;
            return new Finding(
                    Outcome.INCONCLUSIVE, null, query.name() + ": nothing to compare with: " + missing.reason());
        }
        var weighed = weighed(query, measure, evidence);
        var isTold = evidence.isSteady() && !canary.atLeast() && !beside.atLeast();
        var against = Math.min(1e300, StrictMath.exp(weighed.logE()));
        var needed = 1 / rule.falseAborts();
        var words = measure.describe(query, canary) + ", stable " + measure.withUnit(beside.value()) + " of "
                + Numbers.counted(beside.samples()) + times(weighed.interval())
                + (Double.isNaN(against)
                        ? "; the evidence can't be weighed"
                        : "; evidence " + Numbers.rounded(against) + " of the " + Numbers.rounded(needed)
                                + " that it takes to fail")
                + weighed.suspect()
                        .map(instance ->
                                ", all of it from instance " + instance + ": one bad instance fails no release")
                        .orElse("");
        return new Finding(
                        outcome(query, measure, canary, evidence),
                        "falseAborts " + Numbers.plain(rule.falseAborts()),
                        interval(weighed.interval()),
                        Double.isNaN(against) ? null : new Verdict.Evidence(against, needed),
                        words)
                .detecting(isTold ? Worsening.of(weighed.detectable()) : null);
    }

    private static String times(RatioInterval interval) {
        if (interval == null || !Double.isFinite(interval.estimate())) {
            return "";
        }
        return " (" + Numbers.rounded(interval.estimate()) + " times, " + Numbers.rounded(interval.lower()) + " to "
                + (Double.isFinite(interval.upper()) ? Numbers.rounded(interval.upper()) : "any") + ")";
    }

    private static Verdict.Interval interval(RatioInterval interval) {
        return interval == null || Double.isNaN(interval.estimate())
                ? null
                : new Verdict.Interval(interval.lower(), Double.isFinite(interval.upper()) ? interval.upper() : null);
    }

    private static Weighed weighed(Query query, Measure measure, Evidence evidence) {
        var rule = rule(query);
        return switch (rule.test()) {
            case RATE_RATIO ->
                new ByRatio.Weighing(
                        evidence.folded(new ByRatio(query, measure, rule.tolerance(), evidence))
                                .state(),
                        rule.falseAborts());
            case BETA_BINOMIAL ->
                new ByBetaBinomial.Weighing(
                        evidence.folded(new ByBetaBinomial(query, measure)).state(), rule.falseAborts());
        };
    }

    private static Counts counts(Query query, Measure measure, View view) {
        var share = measure.share(query, view);
        return share == null ? Counts.NONE : new Counts(share.whole(), share.part());
    }

    private record RatioCells(int next, InstancesState state) {}

    private record ByRatio(Query query, Measure measure, double tolerance, Evidence evidence)
            implements Fold<RatioCells> {
        private record Weighing(InstancesState state, double falseAborts) implements Weighed {
            @Override
            public double logE() {
                return state.all().logE();
            }

            @Override
            public boolean isRejected() {
                return state.isRejected(falseAborts);
            }

            @Override
            public RatioInterval interval() {
                return state.all().interval(falseAborts);
            }

            @Override
            public OptionalDouble detectable() {
                return state.detectable(falseAborts);
            }

            @Override
            public Optional<String> suspect() {
                return state.suspect(falseAborts);
            }
        }

        @Override
        public RatioCells start() {
            return new RatioCells(
                    0,
                    InstancesState.start(RateRatioTest.worse(tolerance)
                            .start(Bunches.before(evidence, view -> counts(query, measure, view)))));
        }

        @Override
        public RatioCells after(RatioCells before, View canary, View stable) {
            var cell = new Cell(before.next(), counts(query, measure, canary), counts(query, measure, stable));
            var instances = new LinkedHashMap<String, Counts>();
            canary.byInstance().forEach((instance, view) -> instances.put(instance, counts(query, measure, view)));
            return new RatioCells(before.next() + 1, before.state().after(cell, instances));
        }
    }

    private record BetaBinomialCells(int next, BetaBinomialState state) {}

    private record ByBetaBinomial(Query query, Measure measure) implements Fold<BetaBinomialCells> {
        private record Weighing(BetaBinomialState state, double falseAborts) implements Weighed {
            /** It also finds a canary that is better: that speaks for nothing. */
            @Override
            public double logE() {
                return isRejected() || Double.isNaN(state.logE()) ? state.logE() : Math.min(state.logE(), 0);
            }

            @Override
            public boolean isRejected() {
                return state.isRejected(falseAborts);
            }
        }

        @Override
        public BetaBinomialCells start() {
            return new BetaBinomialCells(0, BetaBinomialState.start());
        }

        @Override
        public BetaBinomialCells after(BetaBinomialCells before, View canary, View stable) {
            var cell = new Cell(before.next(), counts(query, measure, canary), counts(query, measure, stable));
            return new BetaBinomialCells(before.next() + 1, before.state().after(cell));
        }
    }

    private static Rule.Sequential rule(Query query) {
        return (Rule.Sequential) query.rule();
    }
}
