package dev.sluice.simulation.mutant;

import dev.sluice.engine.core.Decider;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.state.Terms;
import dev.sluice.simulation.invariant.GroupsGoBackTogether;
import dev.sluice.simulation.invariant.LockstepIsKept;
import dev.sluice.simulation.invariant.NoRaiseWhileFrozen;
import dev.sluice.simulation.machine.Parts;
import java.util.List;
import java.util.function.UnaryOperator;

/** Engines that overlook what a file says of its targets together, or of the rollout as a whole. */
final class ConstraintMutants {
    private ConstraintMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "an engine whose targets enter steps each for itself",
                        LockstepIsKept.class,
                        onTerms(ConstraintMutants::withoutLockstep)),
                new Mutant(
                        "an engine whose targets go back each for itself",
                        GroupsGoBackTogether.class,
                        onTerms(ConstraintMutants::withoutGroup)),
                new Mutant(
                        "an engine that overlooks windows",
                        NoRaiseWhileFrozen.class,
                        onTerms(ConstraintMutants::withoutWindows)),
                new Mutant(
                        "an engine that overlooks freezes",
                        NoRaiseWhileFrozen.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(state, Surroundings.NONE, event))));
    }

    private static Parts onTerms(UnaryOperator<Terms> change) {
        return Parts.REAL.withEngine((state, around, event) -> Decider.decide(changed(state, change), around, event));
    }

    private static State changed(State state, UnaryOperator<Terms> change) {
        var rollout = state.rollout();
        return rollout == null ? state : state.with(rollout.with(change.apply(rollout.terms()), run -> run));
    }

    private static Terms withoutLockstep(Terms terms) {
        return new Terms(terms.labels(), terms.rollbackGroup(), List.of(), terms.inProgress(), terms.windows());
    }

    private static Terms withoutWindows(Terms terms) {
        return new Terms(terms.labels(), terms.rollbackGroup(), terms.lockstep(), terms.inProgress(), List.of());
    }

    private static Terms withoutGroup(Terms terms) {
        return new Terms(terms.labels(), false, terms.lockstep(), terms.inProgress(), terms.windows());
    }
}
