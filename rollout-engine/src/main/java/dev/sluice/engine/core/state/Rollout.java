package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.rollout.window.Invoker;
import java.time.Instant;
import java.util.Comparator;
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
 * @param origin how it came to be
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
        Origin origin,
        Leave leave,
        List<TargetRun> targets) {
    private static final List<Phase> FROM_BAD =
            List.of(Phase.FAILED, Phase.ROLLED_BACK, Phase.CANCELLED, Phase.PROMOTED);

    public Rollout {
        taken = taken == null ? Set.of() : Set.copyOf(taken);
        terms = terms == null ? Terms.NONE : terms;
        origin = origin == null ? Origin.UNKNOWN : origin;
        leave = leave == null ? Leave.NONE : leave;
        targets = List.copyOf(targets);
    }

    /** Nobody knows how it came to be. */
    public Rollout(
            String id,
            String revision,
            String actor,
            Instant startedAt,
            Set<String> taken,
            Terms terms,
            List<TargetRun> targets) {
        this(id, revision, actor, startedAt, taken, terms, Origin.UNKNOWN, Leave.NONE, targets);
    }

    public boolean isUndo() {
        return origin.undoOf() != null;
    }

    /** Whether another tool decides, and nothing may be written for it. */
    public boolean isObserving() {
        return terms.observes();
    }

    public Optional<TargetRun> target(String name) {
        return targets.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    /** The targets that have to be promoted before this one starts: with one of a group all of it. */
    public List<String> dependencies(TargetRun run) {
        return run.plan().dependsOn().stream()
                .flatMap(name -> terms.companions(name).stream())
                .distinct()
                .toList();
    }

    public boolean running() {
        return targets.stream().anyMatch(target -> !target.position().isEnded());
    }

    /** Its one phase: of its targets', the first that is not over, else the worst. */
    public Phase phase() {
        var phases = targets.stream().map(run -> run.position().phase()).toList();
        return phases.stream()
                .filter(phase -> !phase.isFinal() && phase != Phase.PENDING)
                .findFirst()
                .or(() -> phases.stream().filter(phase -> !phase.isFinal()).findFirst())
                .orElseGet(() -> phases.stream()
                        .min(Comparator.comparingInt(FROM_BAD::indexOf))
                        .orElseThrow());
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
                origin,
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
                origin,
                leave,
                targets.stream()
                        .map(run -> run.name().equals(target) ? change.apply(run) : run)
                        .toList());
    }

    /** Whom its windows have to bind. */
    public Invoker invoker() {
        return Invoker.of(origin.automated());
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
        return new Rollout(id, revision, actor, startedAt, taken, terms, origin, next, targets);
    }
}
