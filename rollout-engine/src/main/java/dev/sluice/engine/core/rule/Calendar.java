package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.rule.step.Steps;
import dev.sluice.engine.core.state.Holding.Cause;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.rollout.window.Opening;
import dev.sluice.schemas.rollout.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Weights go up inside the file's allow windows and outside its freezes, and while nobody has frozen the rollout (B24). Going
 * down never waits, nor do copies of requests, which serve nobody.
 */
final class Calendar {
    /** Who lifts a freeze wakes those that wait for it; who began to wait at that very moment finds out by itself. */
    private static final Duration LOOK = Duration.ofMinutes(5);

    private Calendar() {}

    /** What holds the raise the longest. */
    static Optional<Raises.Held> held(Draft d, TargetRun run, int next) {
        if (d.state().rollout().leave().covers(run.name()) || !Steps.raises(run, next)) {
            return Optional.empty();
        }
        return Stream.of(frozen(d, next), closed(d, next))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Raises.Held::until, Comparator.nullsLast(Comparator.naturalOrder())));
    }

    private static Optional<Raises.Held> frozen(Draft d, int next) {
        return d.surroundings().freezeOver(d.state().rollout(), d.at()).map(freeze -> {
            var until = freeze.until() == null
                    ? "somebody says 'unfreeze'"
                    : freeze.until().toString();
            var words = "step " + next + " waits until " + until + ": " + freeze.words();
            return new Raises.Held(Cause.FREEZE, freeze.id(), why(Cause.FREEZE.code(), words), freeze.until());
        });
    }

    private static Optional<Raises.Held> closed(Draft d, int next) {
        var rollout = d.state().rollout();
        if (rollout.terms().windows().isEmpty()) {
            return Optional.empty();
        }
        return switch (Windows.at(rollout.terms().windows(), d.at(), rollout.invoker())) {
            case Opening.Open open -> Optional.empty();
            case Opening.Closed closed -> {
                var until = closed.until() == null ? "" : " until " + closed.until();
                var words = "step " + next + " waits" + until + ": " + closed.words();
                yield Optional.of(new Raises.Held(Cause.WINDOW, null, why(Cause.WINDOW.code(), words), closed.until()));
            }
        };
    }

    /** Each at another moment, so that not all look at once. */
    static Instant nextLook(Draft d, TargetRun run) {
        var identity = d.state().application() + "/" + run.name();
        var later = Math.floorMod(identity.hashCode(), LOOK.toMillis());
        return d.at().plus(LOOK).plusMillis(later);
    }
}
