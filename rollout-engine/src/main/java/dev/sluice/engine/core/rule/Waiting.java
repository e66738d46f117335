package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Leave;
import dev.sluice.engine.core.state.Request;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.Route;
import java.util.Optional;
import java.util.stream.Collectors;

/** A start that waits for the running rollout to end, one at most: the newest (B03). */
public final class Waiting {
    private Waiting() {}

    /** Why it may not wait; empty where it may. */
    public static Optional<String> refusal(Draft d, Request asked) {
        var running = d.state().rollout();
        if (!asked.isNewerThan(running.id(), running.origin().sentAt())) {
            return Optional.of("rollout " + running.id() + ", which was asked for later, is running already");
        }
        var queued = d.state().queued();
        return queued == null || asked.isNewerThan(queued.id(), queued.origin().sentAt())
                ? Optional.empty()
                : Optional.of(
                        "rollout " + queued.id() + ", which was asked for later, waits for the running one to end");
    }

    /** @param supersedes the running rollout goes back for it */
    public static void enqueue(Draft d, Request asked, boolean supersedes) {
        drop(d, why(null, "rollout " + asked.id() + ", which is newer, waits in its place"));
        Starts.release(d, asked);
        var waits = asked.waiting(Starts.free(d.state(), asked), supersedes);
        var then = supersedes ? ", which goes back for it" : "";
        var words = asked.words() + "; waits for the end of rollout "
                + d.state().rollout().id() + then;
        d.decide(new Decision.Enqueued(why(null, words), d.at(), waits));
        if (supersedes) {
            var why = why(ReasonCode.SUPERSEDED, "superseded by rollout " + asked.id());
            for (var run : d.runs()) {
                // what hands its traffic back is as good as over
                if (!run.position().isEnded() && !run.stage().goesBack()) {
                    Rollbacks.begin(d, run.name(), why, null);
                }
            }
        }
    }

    /** What waits, if anything, never starts. */
    public static void drop(Draft d, Why why) {
        var queued = d.state().queued();
        if (queued != null) {
            var words = "rollout " + queued.id() + ", which waited, never starts: " + why.words();
            d.decide(new Decision.Dequeued(why(null, words), d.at(), queued.id()));
        }
    }

    /** Starts it once nothing runs any more. */
    static void settle(Draft d) {
        var next = d.state().queued();
        if (next == null) {
            return;
        }
        if (next.supersedes()) {
            d.runs().forEach(run -> takeOver(d, run, next));
        }
        if (!d.state().running()) {
            Starts.hindrance(d, next).ifPresentOrElse(words -> drop(d, why(null, words)), () -> start(d, next));
        }
    }

    private static void start(Draft d, Request next) {
        Starts.start(d, next);
        if (next.leave().equals(Leave.ALWAYS)) {
            var words = "freezes and windows overridden by " + next.actor() + ", as asked for with the start ("
                    + next.words() + ")";
            d.decide(new Decision.FreezeOverridden(null, why(null, words), d.at(), false));
        }
    }

    /** A way back that can't be carried out holds nobody up where each of its routes is begun anew at once (B02). */
    private static void takeOver(Draft d, TargetRun run, Request next) {
        var taken = next.plan().targets().stream()
                .flatMap(target -> target.routes().stream())
                .map(Route::identity)
                .collect(Collectors.toSet());
        var isTaken = run.plan().routes().stream().map(Route::identity).allMatch(taken::contains);
        var isBegunAtOnce = next.plan().targets().stream()
                .filter(target ->
                        target.routes().stream().anyMatch(route -> run.traffic().has(route.identity())))
                .allMatch(target ->
                        target.dependsOn().isEmpty() && target.before().isEmpty());
        if (run.position().isRollingBack() && run.position().degraded() && isTaken && isBegunAtOnce) {
            var words = "its way back could not be carried out, and rollout " + next.id() + " takes its routes over";
            d.decide(new Decision.Failed(run.name(), why(ReasonCode.ROUTE_TAKEN_OVER, words), d.at()));
        }
    }
}
