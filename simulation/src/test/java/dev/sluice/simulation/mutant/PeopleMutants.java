package dev.sluice.simulation.mutant;

import dev.sluice.engine.core.Decider;
import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.Order;
import dev.sluice.engine.core.state.Position;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Observation.Opinion;
import dev.sluice.schemas.message.Phase;
import dev.sluice.simulation.invariant.ApprovalsNeedTheirPeople;
import dev.sluice.simulation.invariant.NothingIsWrittenWhereAnotherDecides;
import dev.sluice.simulation.invariant.RetriesLeaveWhatWasPromoted;
import dev.sluice.simulation.machine.Parts;
import dev.sluice.simulation.machine.Parts.Omission;
import dev.sluice.simulation.people.RolloutFiles;
import java.util.ArrayList;
import java.util.List;

/** Engines that get what people say a little wrong. */
final class PeopleMutants {
    private PeopleMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "an engine that takes whoever approves for another person who may",
                        ApprovalsNeedTheirPeople.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(state, around, byAnother(event)))),
                new Mutant(
                        "an engine that retries everything",
                        RetriesLeaveWhatWasPromoted.class,
                        Parts.REAL.withEngine(PeopleMutants::retryingAll)),
                new Mutant(
                        "an engine that goes back where another tool decides",
                        NothingIsWrittenWhereAnotherDecides.class,
                        Parts.REAL.withEngine(PeopleMutants::goingBackItself)),
                new Mutant(
                        "an applier that takes an order that only observes for one to carry out",
                        NothingIsWrittenWhereAnotherDecides.class,
                        Parts.REAL.without(Omission.OBSERVING)));
    }

    private static Event byAnother(Event event) {
        return event instanceof Event.CommandReceived e && e.command().type() == CommandType.APPROVE
                ? new Event.CommandReceived(
                        e.at(), e.appendedAt(), byAnother(e.command()), e.repeated(), e.file(), e.entrance())
                : event;
    }

    private static Command byAnother(Command command) {
        return new Command(
                command.id(),
                command.type(),
                command.application(),
                command.target(),
                command.id(),
                List.of(RolloutFiles.ROLE),
                command.reason(),
                command.revision(),
                command.context(),
                command.targets(),
                null,
                command.expect(),
                command.labels(),
                command.force(),
                false);
    }

    private static List<Decision> goingBackItself(State state, Surroundings around, Event event) {
        var decided = new ArrayList<>(Decider.decide(state, around, event));
        decided.stream()
                .filter(decision -> decision instanceof Decision.OpinionFormed formed
                        && formed.watched().opinion() == Opinion.ROLL_BACK)
                .findFirst()
                .ifPresent(opinion -> decided.add(new Decision.Ordered(
                        opinion.target(),
                        opinion.why(),
                        opinion.at(),
                        new Order(
                                1,
                                Desired.NOTHING,
                                false,
                                null,
                                false,
                                false,
                                null,
                                opinion.at().plusSeconds(40),
                                opinion.at().plusSeconds(10)))));
        return decided;
    }

    private static List<Decision> retryingAll(State state, Surroundings around, Event event) {
        var isRetry = event instanceof Event.CommandReceived received
                && received.command().type() == CommandType.RETRY
                && state.rollout() != null;
        return Decider.decide(
                isRetry
                        ? state.with(state.rollout().with(state.rollout().terms(), PeopleMutants::asIfItHadGoneBack))
                        : state,
                around,
                event);
    }

    private static TargetRun asIfItHadGoneBack(TargetRun run) {
        Position position = run.position();
        return position.isPromoted()
                ? run.with(position.ended(
                        new Stage.Ended(Phase.ROLLED_BACK, position.since(), false), position.why(), position.since()))
                : run;
    }
}
