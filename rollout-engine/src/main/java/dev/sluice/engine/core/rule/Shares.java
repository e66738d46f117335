package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.step.Analyses;
import dev.sluice.engine.core.rule.step.Steps;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Holding.Cause;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.SharesSeen;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Traffic;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Share;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.AnalysisSpec.Lookback;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.Query;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The canary is meant to get as many of the requests as its weight says (B36). Where it has got more or fewer for long, the
 * weight doesn't limit what a bad release can do, and the next raise waits: until they agree, or until somebody goes on.
 * Nothing else waits, and the way back least of all.
 */
public final class Shares {
    /**
     * Requests come in connections, retries and sessions, and a mesh takes a moment to follow: the share is off where not even
     * its interval comes within so much of the smaller side.
     */
    private static final double TOLERANCE = 0.2;

    private static final double TOLERANCE_PERCENT = 0.5;

    /** An interval that is wider, in tolerances, says nothing in favour either. */
    private static final double WIDEST = 4;

    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

    private Shares() {}

    /** What the weights in force let expect of the share, in percent. */
    private record Expected(double low, double high, double tolerance) {
        static Expected of(Traffic traffic) {
            var percents = traffic.routes().stream()
                    .map(Expected::percent)
                    .filter(Objects::nonNull)
                    .toList();
            var low = percents.stream().mapToDouble(Double::doubleValue).min().orElse(0);
            var high = percents.stream().mapToDouble(Double::doubleValue).max().orElse(100);
            var smaller = Math.min(Math.max(low, 0), Math.max(100 - high, 0));
            // clients that are kept are more with every moment, and that is as asked
            var keeps = traffic.routes().stream().anyMatch(route -> route.plan().sessionAffinity() != null);
            return new Expected(low, keeps ? 100 : high, Math.max(TOLERANCE_PERCENT, TOLERANCE * smaller));
        }

        /** Whole pods and whole percents are not always what was ordered. */
        private static Double percent(RouteRun route) {
            if (route.foundPercent() != null || route.applied() == null) {
                return route.foundPercent();
            }
            return route.applied().hundredths() / 100.0;
        }

        boolean isOff(Share share) {
            return share.high() < low - tolerance || share.low() > high + tolerance;
        }

        boolean isNear(Share share) {
            return agrees(share) && share.high() - share.low() <= WIDEST * tolerance;
        }

        boolean agrees(Share share) {
            return share.observed() >= low - tolerance && share.observed() <= high + tolerance;
        }
    }

    /** A run says how many of the requests the canary got. */
    public static void take(Draft d, String target, AnalysisRun analysis, Verdict verdict) {
        var run = d.run(target);
        var seen = run.judging().shares();
        var from = analysis.beginOf(verdict.run());
        var to = analysis.endOf(verdict.run());
        if (verdict.share() == null || !seen.counts(from, to)) {
            return;
        }
        var expected = Expected.of(run.traffic());
        var share = verdict.share();
        seen = analysis.isMeasuring() ? seen : seen.by(analysis.name());
        d.decide(new Decision.ShareMeasured(
                target, why(null, words(run, share)), d.at(), next(seen, expected, share, from, to)));
    }

    private static SharesSeen next(SharesSeen seen, Expected expected, Share share, Instant from, Instant to) {
        if (expected.isOff(share)) {
            return seen.off(share, from, to);
        }
        if (expected.isNear(share)) {
            return seen.near(share, to);
        }
        return expected.agrees(share) ? seen.agreeing(share, to) : seen.unclear(share, to);
    }

    static Optional<Raises.Held> held(TargetRun run, int next) {
        return run.judging().shares().isDoubted() && Steps.raises(run, next)
                ? Optional.of(new Raises.Held(Cause.SHARE, null, held(run), null))
                : Optional.empty();
    }

    /** A raise that waited goes on. */
    static void agree(Draft d, TargetRun run) {
        if (!run.judging().shares().accepted()) {
            var why = why(ReasonCode.WEIGHT_ORDERED, words(run) + ": they agree, and the raise goes on");
            d.decide(new Decision.RaiseFreed(run.name(), why, d.at()));
        }
        if (run.judging().measuring() != null) {
            Verdicts.stop(d, run.name(), run.judging().measuring(), "the raise goes on");
        }
    }

    private static Why held(TargetRun run) {
        return why(
                ReasonCode.SHARE_DISAGREES,
                words(run)
                        + ": callers outside the mesh, overlapping selectors or clients that stay? The raise waits until they"
                        + " agree; 'resume' goes on all the same");
    }

    private static String words(TargetRun run) {
        var last = run.judging().shares().last();
        return last == null ? "the canary's share of the requests and its weight" : words(run, last);
    }

    private static String words(TargetRun run, Share share) {
        return "the canary gets " + percent(share.observed()) + " % of the requests (" + percent(share.low()) + " to "
                + percent(share.high()) + " %), its weight is "
                + run.traffic().applied() + " %";
    }

    private static String percent(double percent) {
        return BigDecimal.valueOf(percent)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Without an analysis nobody would ever hear that they agree again. It only asks, and decides nothing. */
    static void goOnAsking(Draft d, TargetRun run, Why why) {
        var beside = run.judging().background();
        var by = run.judging().shares().by();
        var isAsked =
                beside != null && beside.name().equals(by) && beside.spec().lookbackMethod() == Lookback.SLIDING;
        if (!isAsked) {
            // one that asks something else may say nothing of requests
            Analyses.named(run.plan(), by)
                    .ifPresent(spec -> Analyses.open(d, run.name(), AnalysisRun.SHARE, asking(spec), why));
        }
    }

    /** Each run has as many requests as the last one of a growing analysis, which were enough to tell. */
    private static AnalysisSpec asking(AnalysisSpec spec) {
        var runs = spec.lookbackMethod() == Lookback.GROWING ? Math.max(1, spec.runs()) : 1;
        var whole = spec.interval().multipliedBy(runs);
        var longest = spec.interval().compareTo(LONGEST_RUN) > 0 ? spec.interval() : LONGEST_RUN;
        return new AnalysisSpec(
                whole.compareTo(longest) > 0 ? longest : whole,
                0,
                spec.queries().stream().map(Query::tried).toList(),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                OnInconclusive.CONTINUE,
                Duration.ZERO,
                Duration.ZERO,
                Lookback.SLIDING,
                1);
    }
}
