package dev.sluice.engine.core;

import dev.sluice.engine.core.state.Request;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.TargetPlan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What decisions about the application as a whole change. */
final class ApplicationReplay {
    private ApplicationReplay() {}

    static State apply(State state, Decision.OfApplication decision) {
        return switch (decision) {
            case Decision.Started d -> started(state, d);
            case Decision.Enqueued d -> enqueued(state, d);
            case Decision.Dequeued d -> dequeued(state);
            case Decision.RevisionHeld d -> state.with(state.held().with(d.held()));
            case Decision.RevisionReleased d -> state.with(state.held().without(d.revision()));
            case Decision.Frozen d ->
                state.frozen(Stream.concat(state.freezes().stream(), Stream.of(d.freeze()))
                        .toList());
            case Decision.Unfrozen d ->
                state.frozen(state.freezes().stream()
                        .filter(freeze -> !freeze.id().equals(d.freeze()))
                        .toList());
            case Decision.Updated d -> updated(state, d);
            case Decision.AbortNoted d -> state.noted(d.abort());
            // kept beside the history of rollouts, of which a state has but the last
            case Decision.Assessed d -> state;
            case Decision.Deleted d -> deleted(state);
        };
    }

    private static State started(State state, Decision.Started d) {
        var next = state.started(d.rollout());
        for (var target : d.rollout().targets()) {
            for (var route : held(d.rollout(), target)) {
                next = next.with(next.route(route.identity()).heldBy(state.application()));
            }
            next = next.told(target.name());
        }
        return next;
    }

    /** What is only watched is whoever's it is. */
    private static List<Route> held(Rollout rollout, TargetRun target) {
        return rollout.isObserving() ? List.of() : target.plan().routes();
    }

    private static State enqueued(State state, Decision.Enqueued d) {
        var next = state.with(d.queued());
        for (var route : d.queued().taken()) {
            next = next.with(next.route(route).heldBy(state.application()));
        }
        return toldAll(next);
    }

    private static State dequeued(State state) {
        var next = state.with((Request) null);
        for (var route : state.queued().taken()) {
            next = next.with(next.route(route).heldBy(null));
        }
        return toldAll(next);
    }

    private static State toldAll(State state) {
        var next = state;
        for (var target : state.rollout().targets()) {
            next = next.told(target.name());
        }
        return next;
    }

    /** Each target's status says how many steps it has now. */
    private static State updated(State state, Decision.Updated d) {
        var plans = d.plans().stream().collect(Collectors.toMap(TargetPlan::name, plan -> plan));
        var rollout = state.rollout().with(d.terms(), run -> run.updated(plans.get(run.name())));
        return toldAll(state.with(rollout));
    }

    private static State deleted(State state) {
        var next = state;
        for (var row : state.routes().values()) {
            if (state.application().equals(row.application())) {
                next = next.with(row.heldBy(null));
            }
        }
        return next.forgotten();
    }
}
