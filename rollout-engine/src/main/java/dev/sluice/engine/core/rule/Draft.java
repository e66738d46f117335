package dev.sluice.engine.core.rule;

import dev.sluice.engine.core.Decider;
import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Entrance;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.Replay;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The deciding of one event: decisions made so far and the state after them, so that later rules see what earlier ones
 * decided. Confined to one call of {@link Decider#decide}.
 */
public final class Draft {
    private final Surroundings surroundings;
    private final Instant at;
    private final Entrance entrance;
    private final List<Decision> decided = new ArrayList<>();
    private State state;

    public Draft(State state, Surroundings surroundings, Event event) {
        this.state = state;
        this.surroundings = surroundings;
        this.at = event.at();
        this.entrance = event instanceof Event.CommandReceived command ? command.entrance() : Entrance.BELIEVED;
    }

    public void decide(Decision decision) {
        decided.add(decision);
        state = Replay.apply(state, decision);
    }

    public Instant at() {
        return at;
    }

    /** By which the command came that is decided about. */
    public Entrance entrance() {
        return entrance;
    }

    /** Whether the name of who sent it is only what somebody wrote. */
    public boolean isUnproven() {
        return !entrance.isProven();
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public State state() {
        return state;
    }

    /** The target as it is after the decisions so far. */
    public TargetRun run(String target) {
        return state.rollout().target(target).orElseThrow();
    }

    public List<TargetRun> runs() {
        return state.rollout() == null ? List.of() : state.rollout().targets();
    }

    public List<Decision> decided() {
        return List.copyOf(decided);
    }

    /** Something that isn't a command leads to nothing: counted, not stored. */
    public void ignore(String target, String words) {
        decide(new Decision.Ignored(target, new Why(null, words), at, false));
    }

    public static Why why(ReasonCode code, String words) {
        return new Why(code, words);
    }
}
