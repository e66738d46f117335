package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Workloads;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code onPromoted: handback}: the traffic goes back to the active backend once that runs the revision, as its workload is seen
 * to, or as somebody says.
 */
public final class Handbacks {
    /** Of two workloads, whose pods have other labels each, it is never the same. */
    private static final String HASH = "podTemplateHash";

    private Handbacks() {}

    /** The steps are done. */
    static void await(Draft d, TargetRun run) {
        var why = awaited(d.state().rollout(), run);
        d.decide(new Decision.StepsDone(run.name(), why, d.at(), new Stage.AwaitingFinalize()));
    }

    static void goOn(Draft d, TargetRun run) {
        if (isSeen(d.state().rollout(), run)) {
            var words = workload(d.state().rollout(), run).orElseThrow() + " runs "
                    + d.state().rollout().revision() + ": the traffic goes back to it";
            begin(d, run.name(), why(ReasonCode.HANDING_BACK, words), null);
        }
    }

    /** @param actor who says that it runs the revision; null: it was seen to */
    public static void begin(Draft d, String target, Why why, String actor) {
        d.decide(new Decision.HandbackBegan(target, why, d.at(), actor));
        Ordering.end(d, target, Desired.NOTHING, End.RELEASE, why);
    }

    /** Whether all traffic is on its way to an active backend that runs the revision itself: that is no way back from it. */
    public static boolean isUnderWay(TargetRun run) {
        return run.stage() instanceof Stage.HandingBack
                && switch (run.plan().onPromoted()) {
                    case HANDBACK -> true;
                    // the Service's own selector still leads to the revision before
                    case SWAP, SELECTOR -> false;
                };
    }

    /** Also where nothing is ready behind the active backend: whoever says so knows better, and it ends as it would have. */
    public static void force(Draft d, String target, Why why) {
        Ordering.back(d, target, true, why);
    }

    /** Why nobody aborts that, for people. */
    public static String noWayBack(State state, TargetRun run) {
        var before = Objects.requireNonNullElse(state.stableRevisions().get(run.name()), "the revision before");
        return "all traffic of target " + run.name() + " is on its way to "
                + run.traffic().routes().getFirst().active()
                + ", which runs the revision itself, and has no other way to go: wait for"
                + " its end, then start " + before
                + " as a rollout ('force' also takes it there while nothing is ready)";
    }

    /** What is waited for, and what was seen of it so far. */
    static Why awaited(Rollout rollout, TargetRun run) {
        var words = workload(rollout, run)
                .map(name -> "waits until " + name + " runs " + rollout.revision() + "; " + seen(rollout, run)
                        + " ('finalize' goes on all the same)")
                .orElse("say 'finalize' once the active workload runs the revision");
        return why(ReasonCode.FINALIZE_PENDING, "all steps are done: " + words);
    }

    /** Behind the active backend, for people; empty where nobody looks at it, or for nothing that it could be told by. */
    public static Optional<String> workload(Rollout rollout, TargetRun run) {
        var named = run.plan().workload();
        if (named == null || rollout.revision() == null || HASH.equals(named.get("revisionFrom"))) {
            return Optional.empty();
        }
        var role = run.traffic().routes().getFirst().isTurned() ? "canary" : "active";
        return named.get(role) instanceof Map<?, ?> workload
                ? Optional.of(workload.get("kind") + " " + run.plan().namespace() + "/" + workload.get("name"))
                : Optional.empty();
    }

    /** Every route's applier looks for itself. */
    private static boolean isSeen(Rollout rollout, TargetRun run) {
        return workload(rollout, run).isPresent()
                && run.traffic().routes().stream().allMatch(route -> runs(route, rollout.revision()));
    }

    private static boolean runs(RouteRun route, String revision) {
        return route.workloads() != null
                && revision.equals(route.workloads().active())
                && Boolean.TRUE.equals(route.workloads().activeRolledOut());
    }

    private static String seen(Rollout rollout, TargetRun run) {
        return run.traffic().routes().stream()
                .filter(route -> !runs(route, rollout.revision()))
                .map(RouteRun::workloads)
                .filter(seen -> seen != null && seen.active() != null)
                .findFirst()
                .map(seen -> seen(rollout.revision(), seen))
                .orElse("nobody has seen yet what it runs");
    }

    private static String seen(String revision, Workloads last) {
        if (!last.active().equals(revision)) {
            return "it runs " + last.active();
        }
        return last.activeRolledOut() == null ? "nobody says whether all its pods do" : "it is being rolled out";
    }
}
