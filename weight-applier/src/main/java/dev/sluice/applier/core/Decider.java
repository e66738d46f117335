package dev.sluice.applier.core;

import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The one entry to the applier's rules: what follows from an event, for one route. The same state and event always
 * give the same decisions, so that a simulation can run them on a clock of its own.
 */
public final class Decider {
    /** Lost races that are run again at once; further ones wait like any other failure. */
    private static final int RACES_IN_A_ROW = 5;

    private final Rules rules;

    public Decider(Rules rules) {
        this.rules = rules;
    }

    /** Never empty: an event that changes nothing is {@link Decision.Ignored}. */
    public List<Decision> decide(RouteState state, Event event) {
        var decisions = new ArrayList<>(facts(state, event));
        decisions.addAll(new Settling(rules, state.after(decisions), event.at()).settle());
        return List.copyOf(decisions);
    }

    private List<Decision> facts(RouteState state, Event event) {
        return switch (event) {
            case Event.OrderRead read -> order(state, read);
            case Event.LogRead read -> List.of(new Decision.LogRead());
            case Event.Reminded reminded -> reminded(state);
            case Event.OrderForgotten forgotten -> List.of(new Decision.Forgotten());
            case Event.ObjectSeen seen -> object(state, seen.sight());
            case Event.EndpointsSeen seen -> endpoints(state, seen.endpoints());
            case Event.Looked looked -> looked(state, looked);
            case Event.LookFailed failed -> failed(state, failed.failure(), failed.at());
            case Event.WriteSucceeded done -> written(state, done);
            case Event.WriteFailed failed -> failed(state, failed.failure(), failed.at());
            case Event.Withdrawn withdrawn -> withdrawn(state);
            case Event.Held held -> held(state, held);
            case Event.TimeReached reached -> time(state, reached.due());
        };
    }

    private static List<Decision> order(RouteState state, Event.OrderRead read) {
        var known = state.order();
        var order = read.order();
        if (order.check()) {
            return ignored("a check is no state of a route");
        }
        if (known == null || known.fence().isBelow(order.fence())) {
            return List.of(new Decision.Accepted(order, read.traits()));
        }
        if (state.reading()) {
            return ignored("a newer order, or this one, is known already");
        }
        return order.fence().isBelow(known.fence()) || isAnother(known, order)
                ? List.of(new Reports(state, read.at()).superseded(order))
                : List.of(new Decision.Asked());
    }

    /** The same pair with other content: a database that came back older issued it again (B43). */
    private static boolean isAnother(WeightOrder known, WeightOrder order) {
        return !(known.rollout().equals(order.rollout())
                && known.active().equals(order.active())
                && known.canary().equals(order.canary())
                && Objects.equals(known.weight(), order.weight())
                && known.selector() == order.selector()
                && Objects.equals(known.match(), order.match())
                && Objects.equals(known.mirror(), order.mirror())
                && Objects.equals(known.sessionAffinity(), order.sessionAffinity())
                && known.begin() == order.begin()
                && known.end() == order.end());
    }

    private static List<Decision> object(RouteState state, Sight sight) {
        return switch (sight) {
            case Sight.Present(RoutingObject seen)
            when state.sight() instanceof Sight.Present(RoutingObject known)
                    && (seen.equals(known) || seen.isOlderThan(known)) -> ignored("seen already");
            // whatever raised the doubt, endpoints perhaps, is not answered by this
            case Sight.Present present
            when state.call() != null && state.sight().equals(Sight.DOUBTED) ->
                ignored("in doubt, and looked at once the call under way is answered");
            // A late watch event may tell of a deletion that was repaired long ago, so only a look counts.
            case Sight.Absent absent -> List.of(new Decision.Observed(lookedAtAnew(state)));
            default -> List.of(new Decision.Observed(sight));
        };
    }

    private static List<Decision> endpoints(RouteState state, Map<String, EndpointCount> seen) {
        return state.backends().endpoints().entrySet().containsAll(seen.entrySet())
                ? ignored("as many endpoints as before")
                : List.of(new Decision.Counted(seen));
    }

    private static List<Decision> looked(RouteState state, Event.Looked looked) {
        return state.call() == null
                ? ignored("nobody asked")
                : List.of(
                        new Decision.Answered(state.attempt()),
                        new Decision.LookedAt(
                                looked.endpoints(), looked.missing(), looked.blind(), looked.running(), looked.at()),
                        new Decision.Observed(newest(state.sight(), looked.sight())));
    }

    /** The watch may have shown what came after an answer before the answer is here. */
    private static Sight newest(Sight watched, Sight answered) {
        return switch (answered) {
            case Sight.Present(RoutingObject seen)
            when watched instanceof Sight.Present(RoutingObject known) && seen.isOlderThan(known) -> watched;
            case Sight.Present present when watched.equals(Sight.DOUBTED) -> Sight.UNKNOWN;
            default -> answered;
        };
    }

    private List<Decision> written(RouteState state, Event.WriteSucceeded done) {
        if (state.call() == null) {
            return ignored("nobody asked");
        }
        var answered = state.after(List.of(new Decision.Observed(done.sight())));
        var difference = new Settling(rules, answered, done.at()).difference(state.call());
        if (difference.isPresent()) {
            return failed(state, Failure.failed(difference.get()), done.at());
        }
        var facts = new ArrayList<Decision>();
        facts.add(new Decision.Answered(0));
        facts.add(new Decision.Observed(newest(state.sight(), done.sight())));
        var reports = new Reports(answered, done.at());
        switch (state.call()) {
            case Decision.Update update
            when update.repair() -> {
                facts.add(reports.repaired(update.placement(), update.seen().lastEditor()));
                facts.add(new Decision.Mended(done.at()));
            }
            case Decision.Create create
            when create.repair() -> {
                facts.add(reports.repaired(create.placement(), null));
                facts.add(new Decision.Mended(done.at()));
            }
            case Decision.Update other -> {}
            case Decision.Create other -> {}
            case Decision.Remove remove -> {}
            case Decision.Look look -> {}
        }
        return facts;
    }

    private List<Decision> failed(RouteState state, Failure failure, Instant now) {
        if (state.call() == null) {
            return ignored("nobody asked");
        }
        var attempt = state.attempt() + 1;
        var unsure = new Decision.Observed(Sight.UNKNOWN);
        if (failure.kind() == Failure.Kind.OUTDATED && attempt <= RACES_IN_A_ROW) {
            return List.of(new Decision.Answered(attempt), unsure);
        }
        var facts = new ArrayList<Decision>(List.of(new Decision.Answered(attempt), unsure));
        facts.addAll(new Reports(state, now).standing(Outcome.WAITING, failure.reason() + "; trying again"));
        var wait = rules.backoff().before(state.route(), attempt);
        var asked = failure.retryAfter();
        facts.add(new Decision.Retry(now.plus(asked.compareTo(wait) > 0 ? asked : wait), attempt, failure.reason()));
        return facts;
    }

    private static List<Decision> withdrawn(RouteState state) {
        return state.call() == null ? ignored("nobody asked") : List.of(new Decision.Answered(state.attempt()));
    }

    /** Whoever waits for the order hears why; one that is in force already was told so, and nothing has changed that. */
    private static List<Decision> held(RouteState state, Event.Held held) {
        var reason = held.reason() + "; trying again";
        return state.call() == null || state.applied() || state.stands(Outcome.WAITING, reason)
                ? ignored("nobody waits, or whoever does knows")
                : new Reports(state, held.at()).standing(Outcome.WAITING, reason);
    }

    private static List<Decision> time(RouteState state, Instant due) {
        if (due.equals(state.retryAt())) {
            return List.of(new Decision.Rested(), new Decision.Observed(Sight.UNKNOWN));
        }
        // where no watch tells what the mesh says, a look does
        return state.confirming().isUntil(due)
                ? List.of(new Decision.Unconfirmed(), new Decision.Observed(lookedAtAnew(state)))
                : ignored("a newer order, or a later wait, has overtaken it");
    }

    private static List<Decision> reminded(RouteState state) {
        if (state.order() == null || state.released() || state.retryAt() != null) {
            return ignored("it looks by itself, or has nothing to look at");
        }
        return List.of(new Decision.Observed(lookedAtAnew(state)));
    }

    /** What the call under way tells may be older than what it is looked at for. */
    private static Sight lookedAtAnew(RouteState state) {
        return state.call() == null ? Sight.UNKNOWN : Sight.DOUBTED;
    }

    private static List<Decision> ignored(String reason) {
        return List.of(new Decision.Ignored(reason));
    }
}
