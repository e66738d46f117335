package dev.sluice.simulation.mutant;

import dev.sluice.engine.core.Decider;
import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Terms;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.simulation.invariant.BeforeAndAfterAreWaitedFor;
import dev.sluice.simulation.invariant.GroupsGoBackTogether;
import dev.sluice.simulation.invariant.LockstepIsKept;
import dev.sluice.simulation.invariant.NoRaiseWhileFrozen;
import dev.sluice.simulation.invariant.OneRolloutAtATime;
import dev.sluice.simulation.invariant.SupersededRolloutsLeaveNothing;
import dev.sluice.simulation.machine.Parts;
import java.util.ArrayList;
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
                        onTerms(terms -> with(terms, terms.rollbackGroup(), List.of()))),
                new Mutant(
                        "an engine whose targets go back each for itself",
                        GroupsGoBackTogether.class,
                        onTerms(terms -> with(terms, false, terms.lockstep()))),
                new Mutant(
                        "an engine that overlooks windows",
                        NoRaiseWhileFrozen.class,
                        onTerms(ConstraintMutants::withoutWindows)),
                new Mutant(
                        "an engine that overlooks freezes",
                        NoRaiseWhileFrozen.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(state, Surroundings.NONE, event))),
                new Mutant(
                        "an engine that starts whatever runs",
                        OneRolloutAtATime.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(atRest(state, event), around, event))),
                new Mutant(
                        "an engine that forgets what waits",
                        OneRolloutAtATime.class,
                        Parts.REAL.withEngine(ConstraintMutants::forgetting)),
                new Mutant(
                        "an engine that takes a superseded rollout for over as soon as it turns back",
                        SupersededRolloutsLeaveNothing.class,
                        Parts.REAL.withEngine(ConstraintMutants::over)),
                new Mutant(
                        "an engine that begins and ends without what is waited for beside the steps",
                        BeforeAndAfterAreWaitedFor.class,
                        onPlans(run -> run.with(run.plan().atOnce(run.plan().steps())))),
                new Mutant(
                        "an engine whose targets depend on nobody",
                        BeforeAndAfterAreWaitedFor.class,
                        onPlans(run -> run.with(run.plan().dependingOn(List.of())))));
    }

    private static Parts onTerms(UnaryOperator<Terms> change) {
        return onRollout(rollout -> rollout.with(change.apply(rollout.terms()), run -> run));
    }

    private static Parts onPlans(UnaryOperator<TargetRun> change) {
        return onRollout(rollout -> rollout.with(rollout.terms(), change));
    }

    private static Parts onRollout(UnaryOperator<Rollout> change) {
        return Parts.REAL.withEngine((state, around, event) -> Decider.decide(
                state.rollout() == null ? state : state.with(change.apply(state.rollout())), around, event));
    }

    private static Terms with(Terms terms, boolean rollbackGroup, List<List<String>> lockstep) {
        return new Terms(terms.labels(), rollbackGroup, lockstep, terms.inProgress(), terms.windows());
    }

    private static Terms withoutWindows(Terms terms) {
        return new Terms(terms.labels(), terms.rollbackGroup(), terms.lockstep(), InProgress.REJECT, List.of());
    }

    private static State atRest(State state, Event event) {
        var isStart = event instanceof Event.CommandReceived received
                && received.command().type() == CommandType.START;
        return isStart ? state.with((Rollout) null) : state;
    }

    private static List<Decision> over(State state, Surroundings around, Event event) {
        var decided = new ArrayList<>(Decider.decide(state, around, event));
        var isSuperseded = decided.stream()
                .anyMatch(decision -> decision instanceof Decision.Enqueued enqueued
                        && enqueued.queued().supersedes());
        for (var decision : List.copyOf(decided)) {
            if (isSuperseded && decision instanceof Decision.RollbackBegan back) {
                decided.add(new Decision.RolledBack(back.target(), back.why(), event.at()));
            }
        }
        return decided;
    }

    private static List<Decision> forgetting(State state, Surroundings around, Event event) {
        return Decider.decide(state, around, event).stream()
                .takeWhile(decision -> state.queued() == null || !(decision instanceof Decision.Started))
                .toList();
    }
}
