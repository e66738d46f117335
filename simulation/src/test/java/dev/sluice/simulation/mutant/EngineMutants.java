package dev.sluice.simulation.mutant;

import static dev.sluice.schemas.message.WeightReport.Outcome.CHECKED;

import dev.sluice.engine.core.Decider;
import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.Replay;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.Judging;
import dev.sluice.engine.core.state.Order;
import dev.sluice.engine.core.state.Preflight;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.RunsSeen;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.simulation.invariant.BeginsWithTheLiveBackend;
import dev.sluice.simulation.invariant.NoRaiseAfterAnAbort;
import dev.sluice.simulation.invariant.NoVerdictCountsTwice;
import dev.sluice.simulation.invariant.NoWakeUpStaysDue;
import dev.sluice.simulation.invariant.NothingPassesUnseen;
import dev.sluice.simulation.invariant.OneEndPerTarget;
import dev.sluice.simulation.invariant.OneGenerationPerTarget;
import dev.sluice.simulation.invariant.RaisesGoOnOnceSharesAgree;
import dev.sluice.simulation.invariant.RaisesWaitForTheirShare;
import dev.sluice.simulation.invariant.TheFirstWeightWaitsForItsCheck;
import dev.sluice.simulation.invariant.TheNextRolloutKeepsLiveTraffic;
import dev.sluice.simulation.invariant.UndoesGoBack;
import dev.sluice.simulation.machine.Parts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Engines with a rule of theirs broken. */
final class EngineMutants {
    private EngineMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "an engine that raises again when it hears of an abort",
                        NoRaiseAfterAnAbort.class,
                        Parts.REAL.withEngine(EngineMutants::raisingAgain)),
                new Mutant(
                        "an engine that ends a target whenever a report says so",
                        OneEndPerTarget.class,
                        Parts.REAL.withEngine(EngineMutants::endingAgain)),
                new Mutant(
                        "an engine that takes the file's word for what is live",
                        BeginsWithTheLiveBackend.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(forgettingTheSwap(state), around, event))),
                new Mutant(
                        "an engine that undoes by the file's word for what is live",
                        UndoesGoBack.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(forgettingTheSwap(state), around, event))),
                new Mutant(
                        "an engine that counts every verdict it reads",
                        NoVerdictCountsTwice.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(forgettingVerdicts(state), around, event))),
                new Mutant(
                        "an engine that takes silence for success",
                        NothingPassesUnseen.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(state, around, approving(event)))),
                new Mutant(
                        "an engine whose way back begins nothing",
                        TheNextRolloutKeepsLiveTraffic.class,
                        Parts.REAL.withEngine(EngineMutants::goingBackBlindly)),
                new Mutant(
                        "an engine that doesn't listen when it is told the time",
                        NoWakeUpStaysDue.class,
                        Parts.REAL.withEngine((state, around, event) ->
                                event instanceof Event.TimeReached ? List.of() : Decider.decide(state, around, event))),
                new Mutant(
                        "an engine that asks what stands in the way, and goes on whatever it is",
                        TheFirstWeightWaitsForItsCheck.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(state, around, unhindered(event)))),
                new Mutant(
                        "an engine that raises whatever share of the requests the canary gets",
                        RaisesWaitForTheirShare.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(state, around, withoutShare(event)))),
                new Mutant(
                        "an engine that lets a raise wait, and asks no more for what it waits for",
                        RaisesGoOnOnceSharesAgree.class,
                        Parts.REAL.withEngine(EngineMutants::askingNoMore)),
                new Mutant(
                        "an engine that begins anew with every step",
                        OneGenerationPerTarget.class,
                        Parts.REAL.withEngine(EngineMutants::beginningAnew)));
    }

    private static Event unhindered(Event event) {
        return event instanceof Event.ReportReceived(var at, var report) && report.outcome() == CHECKED
                ? new Event.ReportReceived(at, withoutFindings(report))
                : event;
    }

    private static WeightReport withoutFindings(WeightReport report) {
        return new WeightReport(
                report.rollout(),
                report.application(),
                report.target(),
                report.route(),
                report.generation(),
                report.sequence(),
                report.weight(),
                report.outcome(),
                null,
                null,
                null,
                null,
                Map.of(),
                false,
                null,
                null,
                null,
                null,
                List.of(),
                report.time());
    }

    private static Event withoutShare(Event event) {
        return event instanceof Event.VerdictReceived(var at, var verdict)
                ? new Event.VerdictReceived(
                        at,
                        new Verdict(
                                verdict.id(),
                                verdict.rollout(),
                                verdict.application(),
                                verdict.target(),
                                verdict.analysis(),
                                verdict.run(),
                                verdict.outcome(),
                                null,
                                verdict.queries(),
                                verdict.time()))
                : event;
    }

    private static List<Decision> askingNoMore(State state, Surroundings around, Event event) {
        return Decider.decide(state, around, event).stream()
                .filter(decision -> !(decision instanceof Decision.AnalysisOpened opened
                        && opened.analysis().name().equals("share")))
                .toList();
    }

    private static Event approving(Event event) {
        return event instanceof Event.VerdictReceived(var at, var verdict) && verdict.outcome() == Outcome.INCONCLUSIVE
                ? new Event.VerdictReceived(
                        at,
                        new Verdict(
                                verdict.id(),
                                verdict.rollout(),
                                verdict.application(),
                                verdict.target(),
                                verdict.analysis(),
                                verdict.run(),
                                Outcome.PASS,
                                verdict.share(),
                                List.of(),
                                verdict.time()))
                : event;
    }

    /** Takes every route for begun from the first moment, so that its way back is an order of weight 0 like any other. */
    private static List<Decision> goingBackBlindly(State state, Surroundings around, Event event) {
        return Decider.decide(state, around, event).stream()
                .map(decision -> decision
                                instanceof
                                Decision.Began(var target, var why, var at, var generation, var routes, var preflight)
                        ? new Decision.Began(
                                target,
                                why,
                                at,
                                generation,
                                routes.stream().map(EngineMutants::begun).toList(),
                                preflight)
                        : decision)
                .toList();
    }

    private static RouteRun begun(RouteRun route) {
        return new RouteRun(
                route.plan(),
                route.active(),
                route.canary(),
                true,
                route.begins(),
                route.letGo(),
                route.answer(),
                route.answered(),
                route.applied(),
                route.inForce(),
                route.uid(),
                route.endpoints(),
                route.activeEmptyFor(),
                route.absent(),
                route.found());
    }

    private static List<Decision> raisingAgain(State state, Surroundings around, Event event) {
        var decided = new ArrayList<>(Decider.decide(state, around, event));
        for (var decision : List.copyOf(decided)) {
            if (decision instanceof Decision.RollbackBegan back) {
                var sequence = Replay.apply(state, decided)
                                .rollout()
                                .target(back.target())
                                .orElseThrow()
                                .traffic()
                                .order()
                                .sequence()
                        + 1;
                var order = new Order(
                        sequence,
                        Desired.of(Weight.percent(5)),
                        false,
                        null,
                        false,
                        false,
                        null,
                        event.at().plusSeconds(30),
                        event.at().plusSeconds(10));
                decided.add(new Decision.Ordered(back.target(), back.why(), event.at(), order));
            }
        }
        return decided;
    }

    private static List<Decision> endingAgain(State state, Surroundings around, Event event) {
        var decided = new ArrayList<>(Decider.decide(state, around, event));
        if (event instanceof Event.ReportReceived received && state.rollout() != null) {
            state.rollout()
                    .target(received.report().target())
                    .filter(run -> run.position().phase() == Phase.ROLLED_BACK)
                    .ifPresent(run -> decided.add(
                            new Decision.RolledBack(run.name(), run.position().why(), event.at())));
        }
        return decided;
    }

    private static List<Decision> beginningAnew(State state, Surroundings around, Event event) {
        var decided = new ArrayList<>(Decider.decide(state, around, event));
        if (decided.stream().noneMatch(EngineMutants::isMove)) {
            return decided;
        }
        for (var decision : List.copyOf(decided)) {
            if (decision instanceof Decision.Ordered ordered) {
                var run = Replay.apply(state, decided)
                        .rollout()
                        .target(ordered.target())
                        .orElseThrow();
                var traffic = run.traffic();
                decided.add(new Decision.Began(
                        run.name(),
                        ordered.why(),
                        event.at(),
                        traffic.generation() + 1,
                        traffic.routes(),
                        new Preflight(event.at(), event.at(), Duration.ZERO, event.at(), Map.of())));
                decided.add(ordered);
            }
        }
        return decided;
    }

    private static boolean isMove(Decision decision) {
        return decision instanceof Decision.StepEntered entered && entered.stage() instanceof Stage.Moving;
    }

    private static State forgettingTheSwap(State state) {
        return state.withRoutes(state.routes().values().stream()
                .map(row -> new RouteRow(
                        row.identity(), row.application(), row.generation(), null, row.promoted(), row.released()))
                .collect(Collectors.toMap(RouteRow::identity, row -> row)));
    }

    private static State forgettingVerdicts(State state) {
        if (state.rollout() == null) {
            return state;
        }
        var rollout = state.rollout();
        var targets = rollout.targets().stream()
                .map(run -> new TargetRun(
                        run.plan(),
                        run.position(),
                        run.traffic(),
                        forgetting(run.judging()),
                        run.preflight(),
                        run.shortened(),
                        run.watched()))
                .toList();
        return state.with(new Rollout(
                rollout.id(),
                rollout.revision(),
                rollout.actor(),
                rollout.startedAt(),
                rollout.taken(),
                rollout.terms(),
                rollout.origin(),
                rollout.leave(),
                targets));
    }

    private static Judging forgetting(Judging judging) {
        return new Judging(
                judging.steps().stream().map(EngineMutants::forgetting).toList(),
                forgetting(judging.background()),
                forgetting(judging.measuring()),
                judging.attempts(),
                judging.revision(),
                judging.shares(),
                judging.toldAt(),
                judging.moved(),
                judging.judgement());
    }

    private static AnalysisRun forgetting(AnalysisRun run) {
        return run == null
                ? null
                : new AnalysisRun(
                        run.id(),
                        run.name(),
                        run.spec(),
                        run.from(),
                        new RunsSeen(0, List.of()),
                        run.passes(),
                        run.failures(),
                        run.inconclusives(),
                        run.errors(),
                        run.byQuery(),
                        run.lastRun(),
                        run.lastOutcome(),
                        run.lastQueries());
    }
}
