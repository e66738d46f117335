package dev.sluice.engine.core;

import dev.sluice.schemas.message.ReasonCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The deciding of one event: decisions made so far and the state after them, so that later rules see what earlier ones
 * decided. Confined to one call of {@link Decider#decide}.
 */
final class Deliberation {
    private final Instant at;
    private final List<Decision> decided = new ArrayList<>();
    private State state;

    Deliberation(State state, Instant at) {
        this.state = state;
        this.at = at;
    }

    void decide(Decision decision) {
        decided.add(decision);
        state = Replay.apply(state, decision);
    }

    Instant at() {
        return at;
    }

    State state() {
        return state;
    }

    /** The target as it is after the decisions so far. */
    TargetRun run(String target) {
        return state.rollout().target(target).orElseThrow();
    }

    List<TargetRun> runs() {
        return state.rollout() == null ? List.of() : state.rollout().targets();
    }

    List<Decision> decided() {
        return List.copyOf(decided);
    }

    /** Something that isn't a command leads to nothing: counted, not stored. */
    void ignore(String target, String words) {
        decide(new Decision.Ignored(target, new Why(null, words), at, false));
    }

    static Why why(ReasonCode code, String words) {
        return new Why(code, words);
    }
}
