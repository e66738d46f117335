package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.Aborts;
import dev.sluice.engine.core.state.Leave;
import dev.sluice.engine.core.state.Position;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Terms;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code start}: takes up a rollout; its id is the command's. */
public final class Start {
    private static final int MOST_WARNINGS = 5;

    private Start() {}

    public static void take(Draft d, Command command, Instant appendedAt, RolloutFileReader.Read file) {
        switch (file) {
            case RolloutFileReader.Read.Invalid invalid -> rejectFile(d, invalid);
            case RolloutFileReader.Read.Valid valid -> take(d, command, appendedAt, valid);
        }
    }

    static void rejectFile(Draft d, RolloutFileReader.Read.Invalid invalid) {
        var words = "the rollout file has " + howMany(invalid.problems()) + ": " + first(invalid.problems());
        Commands.reject(d, null, words, invalid.problems());
    }

    private static String howMany(List<Problem> problems) {
        if (problems.size() > Problem.MOST) {
            return "more than " + Problem.MOST + " problems";
        }
        return problems.size() == 1 ? "a problem" : problems.size() + " problems";
    }

    private static String first(List<Problem> problems) {
        var problem = problems.getFirst();
        return problem.pointer() + " " + problem.message();
    }

    private static void take(Draft d, Command command, Instant appendedAt, RolloutFileReader.Read.Valid file) {
        var plan = file.plan();
        if (!plan.application().equals(command.application())) {
            var words =
                    "the file's application " + plan.application() + " is not the command's " + command.application();
            Commands.reject(d, null, words, List.of(new Problem("/application", words)));
        } else if (overtakes(d, command, appendedAt, plan).isPresent()) {
            Commands.reject(
                    d, null, overtaken(overtakes(d, command, appendedAt, plan).get(), appendedAt), List.of());
        } else if (d.state().running()) {
            Commands.reject(
                    d,
                    null,
                    "rollout " + d.state().rollout().id() + " is running: " + Commands.now(d)
                            + "; wait for its end or abort it",
                    List.of());
        } else {
            var problem = plan.targets().stream()
                    .flatMap(target -> target.routes().stream())
                    .flatMap(route -> conflict(d.state(), route).stream())
                    .findFirst();
            if (problem.isPresent()) {
                Commands.reject(d, null, problem.get(), List.of());
            } else {
                start(d, command, file);
            }
        }
    }

    private static Optional<Aborts.Abort> overtakes(Draft d, Command command, Instant appendedAt, RolloutPlan plan) {
        var targets = plan.targets().stream().map(TargetPlan::name).collect(Collectors.toSet());
        return d.state().aborts().before(command.id(), appendedAt, targets);
    }

    private static String overtaken(Aborts.Abort abort, Instant appendedAt) {
        var when = abort.rollout() == null
                ? "sent at " + abort.appendedAt() + ", and this start at " + appendedAt
                : "which names this rollout";
        return "aborted already by command " + abort.id() + " of " + abort.actor() + ", " + when;
    }

    /** Two rollouts never hold one route (B33), and a rollout never begins with the backends the wrong way round. */
    private static Optional<String> conflict(State state, Route route) {
        var held = state.routes().values().stream()
                .filter(row -> row.overlaps(route.identity()))
                .filter(row -> row.application() != null && !row.application().equals(state.application()))
                .findFirst();
        if (held.isPresent()) {
            return Optional.of("route " + held.get().identity() + " is held by application "
                    + held.get().application() + "; 'delete' that application to free it");
        }
        var active = state.route(route.identity()).active();
        if (active != null && !active.equals(route.active()) && !active.equals(route.canary())) {
            return Optional.of("the active backend of route " + route.identity() + " is " + active
                    + ", and the file names only " + route.active() + " and " + route.canary());
        }
        return Optional.empty();
    }

    private static void start(Draft d, Command command, RolloutFileReader.Read.Valid file) {
        var plan = file.plan();
        var words = command.reason() == null ? "started" : "started: " + command.reason();
        var pending = why(ReasonCode.DEPENDENCY_PENDING, words);
        var targets = plan.targets().stream()
                .map(target -> TargetRun.pending(target, Position.pending(pending, command.actor(), d.at())))
                .toList();
        var taken = plan.targets().stream()
                .flatMap(target -> target.routes().stream())
                .map(Route::identity)
                .filter(route -> d.state().route(route).application() == null)
                .collect(Collectors.toSet());
        var rollout = new Rollout(
                command.id(),
                command.revision(),
                command.actor(),
                d.at(),
                taken,
                Terms.of(plan),
                command.automated(),
                Leave.NONE,
                targets);
        var warned = words + warnings(file.warnings());
        d.decide(new Decision.Started(why(ReasonCode.BEGINNING, warned), d.at(), rollout));
    }

    /** Whoever reads what became of the start is told as well, be it days later. */
    static String warnings(List<Problem> warnings) {
        var shown = warnings.stream()
                .limit(MOST_WARNINGS)
                .map(warning -> "; warning: " + warning.pointer() + " " + warning.message())
                .collect(Collectors.joining());
        var more = warnings.size() - MOST_WARNINGS;
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }
}
