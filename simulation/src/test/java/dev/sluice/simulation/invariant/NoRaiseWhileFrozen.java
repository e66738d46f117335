package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.rollout.window.Window;
import dev.sluice.simulation.world.Observation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nobody's requests are sent to a canary that don't go there yet, while somebody has frozen the rollout or its file's windows
 * are closed, unless somebody who may gave leave to it (B24).
 */
public final class NoRaiseWhileFrozen implements Invariant {
    private final Map<String, Freeze> standing = new HashMap<>();

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Restored restored -> standing.clear();
            case Observation.Committed committed -> committed.each(this::decided);
            default -> {}
        }
    }

    private void decided(State state, Decision decision) {
        switch (decision) {
            case Decision.Frozen frozen -> standing.put(frozen.freeze().id(), frozen.freeze());
            case Decision.Unfrozen lifted -> standing.remove(lifted.freeze());
            case Decision.Ordered ordered -> ordered(state.rollout(), ordered);
            default -> {}
        }
    }

    private void ordered(Rollout rollout, Decision.Ordered ordered) {
        var run = rollout.target(ordered.target()).orElseThrow();
        var wanted = ordered.order().desired();
        if (wanted == null || !wanted.raises(before(run)) || rollout.leave().covers(run.name())) {
            return;
        }
        for (var freeze : standing.values()) {
            if (binds(freeze, rollout, ordered.at())) {
                throw new Violation(this, run.name() + " of " + rollout.id() + " is raised in spite of " + freeze);
            }
        }
        var windows = rollout.terms().windows().stream()
                .filter(window -> window.binds(rollout.invoker()))
                .toList();
        if (!isOpen(windows, ordered.at())) {
            throw new Violation(
                    this,
                    run.name() + " of " + rollout.id() + " is raised at " + ordered.at() + " in spite of " + windows);
        }
    }

    /** What an object had already is nobody's raise. */
    private static Desired before(TargetRun run) {
        var traffic = run.traffic();
        return traffic.isAdopted() && traffic.applied() != null ? Desired.of(traffic.applied()) : traffic.desired();
    }

    private static boolean binds(Freeze freeze, Rollout rollout, Instant at) {
        var isOver = freeze.until() != null && !at.isBefore(freeze.until());
        var isMeant = freeze.labels().entrySet().stream()
                .allMatch(label ->
                        label.getValue().equals(rollout.terms().labels().get(label.getKey())));
        return isMeant && !isOver;
    }

    private static boolean isOpen(List<Window> windows, Instant at) {
        var allows = windows.stream().filter(Window.Allow.class::isInstance).toList();
        return windows.stream().noneMatch(window -> window instanceof Window.Freeze freeze && covers(freeze, at))
                && (allows.isEmpty() || allows.stream().anyMatch(window -> covers((Window.Allow) window, at)));
    }

    private static boolean covers(Window.Freeze freeze, Instant at) {
        return !at.isBefore(freeze.from()) && at.isBefore(freeze.to());
    }

    /** All of them open with each minute. */
    private static boolean covers(Window.Allow allow, Instant at) {
        return at.getEpochSecond() % 60 < allow.duration().toSeconds();
    }
}
