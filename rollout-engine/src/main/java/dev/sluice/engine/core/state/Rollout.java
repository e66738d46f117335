package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.window.Invoker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One rollout of an application: its id is its start command's.
 *
 * @param revision what is rolled out, as the command says; null where it doesn't
 * @param taken routes that were free when it started: a target that never begins gives them back
 * @param terms of the rollout as a whole
 * @param automated whether no person started it
 * @param leave to pass freezes and windows
 * @param targets in the file's order
 */
public record Rollout(
        String id,
        String revision,
        String actor,
        Instant startedAt,
        Set<String> taken,
        Terms terms,
        boolean automated,
        Leave leave,
        List<TargetRun> targets) {
    public Rollout {
        taken = taken == null ? Set.of() : Set.copyOf(taken);
        terms = terms == null ? Terms.NONE : terms;
        leave = leave == null ? Leave.NONE : leave;
        targets = List.copyOf(targets);
    }

    public Optional<TargetRun> target(String name) {
        return targets.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    public boolean running() {
        return targets.stream().anyMatch(target -> !target.position().isEnded());
    }

    /** Goes on by another file. */
    public Rollout with(Terms newTerms, UnaryOperator<TargetRun> change) {
        return new Rollout(
                id,
                revision,
                actor,
                startedAt,
                taken,
                newTerms,
                automated,
                leave,
                targets.stream().map(change).toList());
    }

    public Rollout change(String target, UnaryOperator<TargetRun> change) {
        return new Rollout(
                id,
                revision,
                actor,
                startedAt,
                taken,
                terms,
                automated,
                leave,
                targets.stream()
                        .map(run -> run.name().equals(target) ? change.apply(run) : run)
                        .toList());
    }

    /** Whom its windows have to bind. */
    public Invoker invoker() {
        return automated ? Invoker.AUTOMATION : Invoker.PEOPLE;
    }

    /** @param target null: the whole rollout */
    public Rollout overriding(String target) {
        return with(leave.given(target));
    }

    /** The target's weight goes up. */
    public Rollout raised(String target) {
        return with(leave.used(target));
    }

    private Rollout with(Leave next) {
        return new Rollout(id, revision, actor, startedAt, taken, terms, automated, next, targets);
    }
}
