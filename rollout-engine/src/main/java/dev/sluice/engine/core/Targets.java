package dev.sluice.engine.core;

import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Judging;
import dev.sluice.engine.core.state.Position;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Traffic;
import java.util.function.UnaryOperator;

/** Changes to a part of the target that a decision is about. */
final class Targets {
    private Targets() {}

    /** What is known of routes across rollouts follows what their target knows of them. */
    static State rowsOf(State state, String target) {
        var traffic = run(state, target).traffic();
        var next = state;
        for (var route : traffic.routes()) {
            next = next.with(next.route(route.identity())
                    .atGeneration(traffic.generation())
                    .withActive(route.active()));
        }
        return next;
    }

    /** Where the target waits at one. */
    static State gate(State state, Decision d, UnaryOperator<Gate> change) {
        return run(state, d.target()).stage() instanceof Gate gate
                ? position(state, d, position -> position.with(change.apply(gate), d.at()))
                : state;
    }

    static State at(State state, Decision d, Stage stage) {
        return position(state, d, position -> position.at(stage, d.why(), d.at()));
    }

    static State by(State state, Decision d, String actor) {
        return position(state, d, position -> position.because(d.why()).by(actor));
    }

    static State because(State state, Decision d) {
        return position(state, d, position -> position.because(d.why()));
    }

    static State position(State state, Decision d, UnaryOperator<Position> change) {
        return target(state, d, run -> run.with(change.apply(run.position())));
    }

    static State traffic(State state, Decision d, UnaryOperator<Traffic> change) {
        return target(state, d, run -> run.with(change.apply(run.traffic())));
    }

    static State judging(State state, Decision d, UnaryOperator<Judging> change) {
        return target(state, d, run -> run.with(change.apply(run.judging())));
    }

    static State target(State state, Decision d, UnaryOperator<TargetRun> change) {
        return state.with(state.rollout().change(d.target(), change));
    }

    static TargetRun run(State state, String target) {
        return state.rollout().target(target).orElseThrow();
    }
}
