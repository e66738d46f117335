package dev.sluice.engine.core.rule;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.Stage.Holding.Cause;
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
     * @param until as in {@link Stage.Holding}
     */
    record Held(Cause cause, Why why, Instant until) {}

    /** @return whether the step is not entered now */
    static boolean hold(Draft d, TargetRun run, int over, int next, boolean passes) {
        var held = held(d, run, next);
        held.ifPresent(now -> {
            d.decide(new Decision.RaiseHeld(run.name(), now.why(), d.at(), stage(over, next, passes, now)));
            if (now.cause() == Cause.SHARE) {
                Shares.goOnAsking(d, run, now.why());
            }
        });
        return held.isPresent();
    }

    /** @return whether what it waited for is over */
    static boolean letPass(Draft d, TargetRun run, Stage.Holding stage) {
        var held = held(d, run, stage.next());
        if (held.isPresent()) {
            var now = stage(stage.step(), stage.next(), stage.passes(), held.get());
            // an order may have been issued again meanwhile, and was applied
            if (!now.equals(stage) || run.position().why().code() == ReasonCode.WEIGHT_APPLIED) {
                d.decide(new Decision.RaiseHeld(run.name(), held.get().why(), d.at(), now));
            }
            return false;
        }
        switch (stage.cause()) {
            case SHARE -> Shares.agree(d, run);
            case JUDGEMENT -> {
                // whoever gave it has said so
            }
        }
        return true;
    }

    @SuppressWarnings("UnusedVariable") // what lies outside the application is in the draft
    private static Optional<Held> held(Draft d, TargetRun run, int next) {
        return Judgements.held(run, next).or(() -> Shares.held(run, next));
    }

    private static Stage.Holding stage(int over, int next, boolean passes, Held held) {
        return new Stage.Holding(over, next, passes, held.cause(), held.until());
    }
}
