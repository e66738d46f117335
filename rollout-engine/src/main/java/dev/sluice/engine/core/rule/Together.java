package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Holding.Cause;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Targets that belong together: all of a rollout that is a rollback group, and those of a lockstep group. One that fails
 * brings the others back, whatever they have come to (B21); those in lockstep enter each step together.
 */
final class Together {
    private Together() {}

    static void settle(Draft d) {
        if (d.state().rollout() == null) {
            return;
        }
        var terms = d.state().rollout().terms();
        if (terms.rollbackGroup()) {
            var all = d.runs().stream().map(TargetRun::name).toList();
            goBack(d, all, run -> run.position().hasFailed() || isBlocking(run));
        }
        terms.lockstep().forEach(group -> goBack(d, group, run -> run.position().hasFailed()));
    }

    /** Whether a target that fails after its deployment goes back, for the others do. */
    static boolean isRollbackGroup(Draft d) {
        return d.state().rollout().terms().rollbackGroup();
    }

    private static boolean isBlocking(TargetRun run) {
        return run.stage() instanceof Stage.Ended end && end.blocks();
    }

    private static void goBack(Draft d, List<String> group, Predicate<TargetRun> fails) {
        var failed = group.stream().map(d::run).filter(fails).findFirst();
        failed.ifPresent(first -> {
            for (var name : group) {
                goAlong(d, d.run(name), first);
            }
        });
    }

    private static void goAlong(Draft d, TargetRun run, TargetRun first) {
        var position = run.position();
        // what hands its traffic back is as good as promoted, and said to be left so once it is
        if (run.name().equals(first.name())
                || position.hasFailed()
                || Handbacks.isUnderWay(run)
                || position.why().code() == ReasonCode.GROUP_WENT_BACK) {
            return;
        }
        var why =
                why(ReasonCode.GROUP_WENT_BACK, "target " + first.name() + " failed, and its group goes back with it");
        if (!position.isEnded()) {
            Rollbacks.begin(d, run.name(), why, null);
            return;
        }
        switch (run.plan().onPromoted()) {
            case SWAP -> {
                d.decide(new Decision.Reverted(run.name(), why, d.at()));
                Rollbacks.begin(d, run.name(), why, null);
            }
            case HANDBACK, SELECTOR -> {
                var words = why.words()
                        + "; this one can't: its active backend runs the revision itself. Deploy the one before there";
                d.decide(new Decision.LeftPromoted(run.name(), why(why.code(), words), d.at()));
            }
        }
    }

    /** Why the step isn't entered before the others of its group can enter it as well. */
    static Optional<Raises.Held> held(Draft d, TargetRun run, int next) {
        var behind = behind(d, run, next);
        if (behind.isEmpty()) {
            return Optional.empty();
        }
        var words = "step " + next + " is entered together with " + String.join(", ", behind);
        return Optional.of(new Raises.Held(Cause.LOCKSTEP, null, why(ReasonCode.LOCKSTEP_PENDING, words), null));
    }

    private static List<String> behind(Draft d, TargetRun run, int next) {
        return d.state().rollout().terms().companions(run.name()).stream()
                .filter(name -> !name.equals(run.name()))
                .filter(name -> !hasComeTo(d, d.run(name), next))
                .toList();
    }

    /** In it or past it, without such a step, or kept from it by nothing but the others. */
    private static boolean hasComeTo(Draft d, TargetRun run, int step) {
        if (run.position().isEnded()
                || run.position().step() >= step
                || (run.plan().steps().size() < step && run.position().step() > 0)) {
            return true;
        }
        return run.stage() instanceof Holding waits
                && waits.next() >= step
                && run.position().hold() == null
                && run.traffic().interrupted() == null
                && Raises.heldByItself(d, run, waits.next()).isEmpty();
    }
}
