package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.HeldRevisions;
import dev.sluice.engine.core.state.Position;
import dev.sluice.engine.core.state.Request;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Terms;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes up a rollout, whatever asked for it: its routes are held from now on, and its targets wait for their turn. */
public final class Starts {
    private Starts() {}

    /** Why it may not start, whatever runs; empty where nothing stands in the way. */
    public static Optional<String> refusal(Draft d, Request asked) {
        return overtaken(d, asked).or(() -> asked.plan().observes() ? repaired(d.state(), asked) : hindrance(d, asked));
    }

    /**
     * What rests with Sluice is repaired, and whoever decides there now would be fought. What a rollout holds that Sluice decides about
     * is no matter of its own: beside that nothing begins.
     */
    private static Optional<String> repaired(State state, Request asked) {
        var isDeciding = state.running() && !state.rollout().isObserving();
        return routes(asked)
                .flatMap(route -> state.routes().values().stream().filter(row -> row.overlaps(route.identity())))
                .filter(row -> row.application() != null)
                .filter(row -> !isDeciding || !row.application().equals(state.application()))
                .findFirst()
                .map(row -> "route " + row.identity() + " is held by application " + row.application()
                        + ", and what Sluice holds it repairs: 'delete' that application before another tool"
                        + " decides there");
    }

    /** Likewise of one that has waited. */
    static Optional<String> hindrance(Draft d, Request asked) {
        return heldBack(d.state(), asked)
                .or(() -> routes(asked)
                        .flatMap(route -> conflict(d.state(), route).stream())
                        .findFirst());
    }

    /** An abort was sent after it and read before it (B37). */
    private static Optional<String> overtaken(Draft d, Request asked) {
        var targets = asked.plan().targets().stream().map(TargetPlan::name).collect(Collectors.toSet());
        var sentAt = asked.origin().sentAt();
        return d.state().aborts().before(asked.id(), sentAt, targets).map(abort -> {
            var when = abort.rollout() == null
                    ? "sent at " + abort.appendedAt() + ", and this start at " + sentAt
                    : "which names this rollout";
            return "aborted already by command " + abort.id() + " of " + abort.actor() + ", " + when;
        });
    }

    /** Automation doesn't go forward again where a person went back (B47). */
    private static Optional<String> heldBack(State state, Request asked) {
        return asked.origin().automated() ? state.held().find(asked.revision()).map(Starts::words) : Optional.empty();
    }

    private static String words(HeldRevisions.Held held) {
        return "revision " + held.revision() + " is held: " + held.by() + " went back from it at " + held.since()
                + ", and automation may start it again only after 'release'";
    }

    /** Two rollouts never hold one route (B33), and a rollout never begins with the backends the wrong way round. */
    private static Optional<String> conflict(State state, Route route) {
        var held = state.routes().values().stream()
                .filter(row -> row.overlaps(route.identity()))
                .filter(row -> row.application() != null && !row.application().equals(state.application()))
                .findFirst();
        if (held.isPresent()) {
            return Optional.of("route " + held.get().identity() + " is held by application "
                    + held.get().application() + "; 'delete' that application to free it");
        }
        var active = state.route(route.identity()).active();
        if (active != null && !active.equals(route.active()) && !active.equals(route.canary())) {
            return Optional.of("the active backend of route " + route.identity() + " is " + active
                    + ", and the file names only " + route.active() + " and " + route.canary());
        }
        return Optional.empty();
    }

    /** Nothing runs, and nothing stands in the way. */
    public static void start(Draft d, Request asked) {
        if (!asked.plan().observes()) {
            release(d, asked);
        }
        var pending = why(ReasonCode.DEPENDENCY_PENDING, asked.words());
        var targets = asked.plan().targets().stream()
                .map(target -> TargetRun.pending(target, Position.pending(pending, asked.actor(), d.at())))
                .toList();
        var taken = asked.plan().observes()
                ? Set.<String>of()
                : Stream.concat(asked.taken().stream(), free(d.state(), asked).stream())
                        .collect(Collectors.toSet());
        var rollout = new Rollout(
                asked.id(),
                asked.revision(),
                asked.actor(),
                d.at(),
                taken,
                Terms.of(asked.plan()),
                asked.origin(),
                asked.leave(),
                targets);
        d.decide(new Decision.Started(why(ReasonCode.BEGINNING, asked.words()), d.at(), rollout));
    }

    /** A person who starts a revision again has thought better of it. */
    static void release(Draft d, Request asked) {
        if (!asked.origin().automated()
                && d.state().held().find(asked.revision()).isPresent()) {
            var why = why(null, asked.actor() + " starts " + asked.revision() + " again: automation may, too");
            d.decide(new Decision.RevisionReleased(why, d.at(), asked.revision()));
        }
    }

    /** Those of its routes that nobody holds. */
    static Set<String> free(State state, Request asked) {
        return routes(asked)
                .map(Route::identity)
                .filter(route -> state.route(route).application() == null)
                .collect(Collectors.toSet());
    }

    private static Stream<Route> routes(Request asked) {
        return asked.plan().targets().stream().flatMap(target -> target.routes().stream());
    }
}
