package dev.sluice.engine.core.rule;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Holding.Cause;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Instant;
import java.util.Optional;

/** Going on to the next step may have to wait for something outside the steps. Going back never does. */
final class Raises {
    private Raises() {}

    /**
     * Why the next step is not entered yet.
     *
     * @param by as in {@link Holding}
     * @param until as in {@link Holding}
     */
    record Held(Cause cause, String by, Why why, Instant until) {}

    /** @return whether the step is not entered now */
    static boolean hold(Draft d, TargetRun run, int over, int next, boolean passes) {
        var held = held(d, run, next);
        held.ifPresent(now -> {
            var stage = new Holding(over, next, passes, now.cause(), now.by(), now.until(), null);
            d.decide(new Decision.RaiseHeld(run.name(), now.why(), d.at(), looking(d, run, stage)));
            begin(d, run, now);
        });
        return held.isPresent();
    }

    /** @return whether what it waited for is over */
    static boolean letPass(Draft d, TargetRun run, Holding stage) {
        var held = held(d, run, stage.next());
        var isOver = held.isEmpty() || held.get().cause() != stage.cause();
        if (isOver) {
            end(d, run, stage.cause());
        }
        held.ifPresent(now -> {
            goOnWaiting(d, run, stage, now);
            if (isOver) {
                begin(d, run, now);
            }
        });
        return held.isEmpty();
    }

    private static void goOnWaiting(Draft d, TargetRun run, Holding stage, Held held) {
        var same = new Holding(
                stage.step(), stage.next(), stage.passes(), held.cause(), held.by(), held.until(), stage.lookAt());
        var now = looking(d, run, same);
        // an order may have been issued again meanwhile, and was applied
        if (!same.equals(stage) || run.position().why().code() == ReasonCode.WEIGHT_APPLIED) {
            d.decide(new Decision.RaiseHeld(run.name(), held.why(), d.at(), now));
        } else if (!now.equals(stage)) {
            d.decide(new Decision.HoldSeenAgain(run.name(), held.why(), d.at(), now));
        }
    }

    @SuppressWarnings("UnusedVariable") // what lies outside the application is in the draft
    private static Optional<Held> held(Draft d, TargetRun run, int next) {
        return heldByItself(d, run, next).or(() -> Together.held(d, run, next));
    }

    /** Whatever the others of its group do. */
    static Optional<Held> heldByItself(Draft d, TargetRun run, int next) {
        return Judgements.held(run, next).or(() -> Shares.held(run, next)).or(() -> Calendar.held(d, run, next));
    }

    private static void begin(Draft d, TargetRun run, Held held) {
        switch (held.cause()) {
            case SHARE -> Shares.goOnAsking(d, run, held.why());
            case JUDGEMENT, WINDOW, FREEZE, LOCKSTEP -> {}
        }
    }

    private static void end(Draft d, TargetRun run, Cause cause) {
        switch (cause) {
            case SHARE -> Shares.agree(d, run);
            case JUDGEMENT, WINDOW, FREEZE, LOCKSTEP -> {}
        }
    }

    /** With when it is looked at again. */
    private static Holding looking(Draft d, TargetRun run, Holding stage) {
        return switch (stage.cause()) {
            case SHARE, JUDGEMENT, WINDOW, LOCKSTEP -> stage.lookingAt(null);
            case FREEZE ->
                stage.lookAt() != null && d.at().isBefore(stage.lookAt())
                        ? stage
                        : stage.lookingAt(Calendar.nextLook(d, run));
        };
    }
}
