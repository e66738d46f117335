package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;

/** What a query's answer is held against; a closed set, one case per judge. */
public sealed interface Rule {
    /** The judge's name in the rollout file. */
    String judge();

    /** The question says itself when it fails. */
    record Itself() implements Rule {
        @Override
        public String judge() {
            return "itself";
        }
    }

    /** Fails above the one or below the other; null for none. */
    record Limits(Double upper, Double lower) implements Rule {
        @Override
        public String judge() {
            return "threshold";
        }
    }

    /**
     * The canary against its baseline: fails above {@code baseline x upperRatio} or {@code baseline + upperDifference}, and below
     * the lower ones; null for none.
     */
    record Relative(
            Baseline baseline, Double upperRatio, Double upperDifference, Double lowerRatio, Double lowerDifference)
            implements Rule {
        @Override
        public String judge() {
            return "relative";
        }
    }

    /**
     * Kayenta's judge: Mann-Whitney U over the query's values of equal stretches of time.
     *
     * @param step how long a stretch is
     * @param confidence of the interval of the shift
     * @param tolerance as a share of the Hodges-Lehmann estimate
     * @param removeOutliers whether what is beyond 3 interquartile ranges is left out
     * @param mustHaveData without data it fails in place of saying nothing
     * @param critical if it doesn't pass, the run's score is 0
     * @param group which group of the score it counts to; null for none
     */
    record MannWhitney(
            Baseline baseline,
            Duration step,
            double confidence,
            double tolerance,
            Direction direction,
            EffectSize effect,
            Nan nan,
            boolean removeOutliers,
            boolean mustHaveData,
            boolean critical,
            String group)
            implements Rule {
        @Override
        public String judge() {
            return "mann-whitney";
        }
    }

    /**
     * How large a difference has to be.
     *
     * @param allowedIncrease up to here it is no failure, and down to {@code allowedDecrease}; null: the measure's own
     * @param criticalIncrease from here on the whole run fails, likewise {@code criticalDecrease}; null for none
     */
    record EffectSize(
            Effect measure,
            Double allowedIncrease,
            Double allowedDecrease,
            Double criticalIncrease,
            Double criticalDecrease) {}

    /**
     * A test that may look as often as it likes.
     *
     * @param test which one; null: the question's own
     * @param falseAborts the probability, at most, with which two equal sides ever fail it
     * @param tolerance how much worse the canary may be, as a share of the baseline
     */
    record Sequential(Baseline baseline, Test test, double falseAborts, double tolerance) implements Rule {
        @Override
        public String judge() {
            return "sequential";
        }
    }

    /**
     * Passes only when the canary is known to be worse by less than the margin.
     *
     * @param margin in the question's own unit
     * @param confidence of the upper bound, one-sided
     */
    record NonInferior(Baseline baseline, double margin, double confidence) implements Rule {
        @Override
        public String judge() {
            return "non-inferior";
        }
    }

    /**
     * How fast the canary spends its error budget.
     *
     * @param objective the share of good events that was promised, such as 0.999
     * @param windows fails where both of a pair burn faster than its factor
     */
    record BurnRate(double objective, List<Windows> windows) implements Rule {
        /** @param factor how many times as fast as would just use the budget up */
        public record Windows(Duration lengthy, Duration brief, double factor) {}

        public BurnRate {
            windows = List.copyOf(windows);
        }

        @Override
        public String judge() {
            return "burn-rate";
        }
    }

    enum Baseline {
        /** What runs beside the canary, in the same window. */
        @JsonProperty("stable")
        STABLE,
        /** The stable side in a window as long as the run's, just before the rollout began. */
        @JsonProperty("previous")
        PREVIOUS
    }

    enum Direction {
        @JsonProperty("increase")
        INCREASE,
        @JsonProperty("decrease")
        DECREASE,
        @JsonProperty("either")
        EITHER
    }

    enum Effect {
        @JsonProperty("meanRatio")
        MEAN_RATIO,
        @JsonProperty("cles")
        CLES
    }

    enum Nan {
        @JsonProperty("remove")
        REMOVE,
        @JsonProperty("replace")
        REPLACE
    }

    enum Test {
        @JsonProperty("rate-ratio")
        RATE_RATIO,
        @JsonProperty("beta-binomial")
        BETA_BINOMIAL
    }
}
