package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Hold;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightReport;

/**
 * The clusters know more than the engine (B34): after its database came back older than they are, an order meets a fence
 * that the engine never issued. It jumps over that fence, and asks a person where the weights are not what it expects.
 */
public final class Fences {
    /** Weights are compared in percent; a mesh may round to whole numbers. */
    private static final double TOLERANCE_PERCENT = 0.5;

    private Fences() {}

    public static void raise(Draft d, TargetRun run, WeightReport report) {
        var name = run.name();
        var highest = run.traffic().routes().stream()
                .mapToLong(route -> d.state().route(route.identity()).generation())
                .max()
                .orElse(0);
        var known = Math.max(highest, report.by().generation());
        var generation = Math.max(known + 1, d.at().toEpochMilli());
        var why = why(
                ReasonCode.FENCE_RAISED,
                "route " + report.route() + " carries " + report.by().generation() + "."
                        + report.by().sequence() + ", which this engine did not issue: goes on as generation "
                        + generation);
        d.decide(new Decision.FenceRaised(name, why, d.at(), report.route(), generation, report.by()));
        if (run.stage().goesBack()) {
            Ordering.back(d, name, run.traffic().order().force(), Rollbacks.cause(run));
        } else {
            Ordering.fence(d, name, why);
        }
    }

    /** Once the raised fence is written everywhere: issue the interrupted order again, or wait for a person. */
    public static void settle(Draft d, TargetRun run) {
        if (!run.traffic().isApplied()
                || run.position().hold() != null
                || run.position().isEnded()) {
            return;
        }
        if (isAsOrdered(run)) {
            resume(d, run);
        } else {
            var why = why(
                    ReasonCode.FENCE_RAISED,
                    "the weights found are not those ordered last ("
                            + run.traffic().weight() + " %): look at them, then 'resume' to set them again or 'abort'");
            d.decide(new Decision.Paused(run.name(), why, d.at(), new Hold(Hold.Kind.FENCE, null, d.at())));
        }
    }

    public static void resume(Draft d, TargetRun run) {
        var again = run.traffic().interrupted();
        var why = why(ReasonCode.WEIGHT_ORDERED, "the interrupted order is issued again");
        Ordering.again(d, run.name(), again, why);
    }

    private static boolean isAsOrdered(TargetRun run) {
        var adopts = run.traffic().interrupted().desired() == null;
        return adopts
                || run.traffic().routes().stream()
                        .map(RouteRun::foundPercent)
                        .allMatch(found -> found == null
                                || isNear(found, run.traffic().weight())
                                || isNear(found, run.traffic().applied()));
    }

    public static boolean isNear(double found, Weight weight) {
        return weight != null && Math.abs(found - weight.hundredths() / 100.0) <= TOLERANCE_PERCENT;
    }
}
