package dev.sluice.engine.core.rule;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.step.Gates;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.Preflight;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Route;

/** Begins each target once those it depends on are promoted. */
final class Beginnings {
    private Beginnings() {}

    static void beginIfAllowed(Draft d, TargetRun run) {
        var dependencies = d.state().rollout().dependencies(run);
        for (var name : dependencies) {
            var position = d.run(name).position();
            if (position.isEnded() && !position.letsOthersStart()) {
                var how = position.isPromoted() ? " although what was to pass afterwards failed" : "";
                var words = "depends on " + name + ", which ended "
                        + position.phase().word() + how;
                d.decide(new Decision.Cancelled(run.name(), why(ReasonCode.DEPENDENCY_FAILED, words), d.at()));
                return;
            }
        }
        if (!dependencies.stream().allMatch(name -> d.run(name).position().letsOthersStart())) {
            return;
        }
        if (run.plan().before().isEmpty()) {
            begin(d, run);
        } else {
            Gates.beforeDeployment(d, run);
        }
    }

    static void begin(Draft d, TargetRun run) {
        var routes = run.plan().routes().stream()
                .map(route -> RouteRun.of(route, activeOf(d.state(), route)))
                .toList();
        var known = routes.stream()
                .mapToLong(route -> d.state().route(route.identity()).generation())
                .max()
                .orElse(0);
        var generation = Math.max(known + 1, d.at().toEpochMilli());
        var roles = routes.getFirst().canary() + " is the canary, "
                + routes.getFirst().active() + " the active backend";
        var why = why(ReasonCode.BEGINNING, "begins: " + roles);
        d.decide(new Decision.Began(run.name(), why, d.at(), generation, routes, preflight(d, run)));
        var adopts = routes.stream().anyMatch(route -> route.plan().ownership() == Ownership.ADOPT);
        Ordering.begin(d, run.name(), adopts ? null : Desired.NOTHING, why);
    }

    /** What goes back at once is asked nothing first. */
    private static Preflight preflight(Draft d, TargetRun run) {
        return d.state().rollout().isUndo()
                ? null
                : Preflight.asked(d.at(), run.plan().timeout());
    }

    private static String activeOf(State state, Route route) {
        return state.route(route.identity()).activeOf(route);
    }
}
