package dev.sluice.simulation.machine;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.Replay;
import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.state.WakeUp;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.engine.core.told.Publication;
import dev.sluice.engine.core.told.Publications;
import dev.sluice.engine.core.told.WebhookCalls;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.simulation.machine.Parts.Omission;
import dev.sluice.simulation.people.RolloutFiles;
import dev.sluice.simulation.world.Observation;
import dev.sluice.simulation.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Load, decide, store: what the engine's shell does with one event inside its transaction. */
final class Transactions {
    private final World world;
    private final Database database;
    private final Parts parts;
    private final RolloutFiles files;

    Transactions(World world, Database database, Parts parts, RolloutFiles files) {
        this.world = world;
        this.database = database;
        this.parts = parts;
        this.files = files;
    }

    /** @param appendedAt by the broker's clock, as {@code now} is by the machine's */
    void take(Object message, Instant appendedAt, String source, Instant now) {
        switch (message) {
            case Command command -> {
                var isRepeated =
                        !database.remember(command.application(), command.id()) && !parts.omit(Omission.COMMAND_IDS);
                var file = command.type().takesFile() ? files.read(command) : null;
                var sent = parts.omit(Omission.APPEND_TIME) ? now : appendedAt;
                decide(
                        command.application(),
                        new Event.CommandReceived(now, sent, command, isRepeated, file),
                        named(command, file),
                        source);
            }
            case Verdict verdict ->
                decide(verdict.application(), new Event.VerdictReceived(now, verdict), Set.of(), source);
            case WeightReport report ->
                decide(report.application(), new Event.ReportReceived(now, report), Set.of(), source);
            default -> throw new IllegalArgumentException("the engine does not read " + message);
        }
    }

    /** Returns when the application has something to do by itself next. */
    Optional<Instant> nextWakeUp(String application) {
        return WakeUps.of(state(application)).stream()
                .map(wakeUp -> wakeUp.at())
                .findFirst();
    }

    void wake(String application, Instant now) {
        database.woken().remove(application);
        decide(application, new Event.TimeReached(now), Set.of(), null);
    }

    /** What others may wait for is over: they are told the time at once. */
    private void tellWhoLooks(List<Decision> decisions) {
        if (decisions.stream().anyMatch(Decision.Unfrozen.class::isInstance) && !parts.omit(Omission.LOOKS)) {
            database.states().values().stream()
                    .filter(state -> WakeUps.of(state).stream().anyMatch(WakeUp::isLook))
                    .forEach(state -> database.woken().add(state.application()));
        }
    }

    void answered(String application, WebhookAnswer answer, Instant now) {
        decide(application, new Event.WebhookAnswered(answer, now), Set.of(), null);
        database.answered(answer.call());
    }

    /** The first one of a call counts. */
    void calledBack(String application, String call, boolean success, Instant now) {
        if (!database.hasCallback(call)) {
            decide(application, new Event.WebhookCalledBack(call, success, null, List.of(), now), Set.of(), null);
            database.calledBack(call);
        }
    }

    private State state(String application) {
        return database.states().getOrDefault(application, State.empty(application));
    }

    private void decide(String application, Event event, Set<String> named, String source) {
        var before = state(application).withRoutes(concerning(application, named));
        var decisions = parts.engine().decide(before, surroundings(), event);
        var states = states(before, decisions);
        var after = states.getLast();
        if (!(event instanceof Event.TimeReached) && after.equals(before)) {
            return;
        }
        database.states().put(application, after.withRoutes(Map.of()));
        database.routes().putAll(after.routes());
        var ids = new ArrayList<String>();
        for (var publication : Publications.of(before, event, decisions)) {
            database.send(publication);
            if (publication instanceof Publication.Message message) {
                ids.add(message.id());
            }
        }
        WebhookCalls.of(before, decisions).forEach(database::call);
        tellWhoLooks(decisions);
        world.see("database", new Observation.Promised(ids, world.now()));
        world.see("database", new Observation.Committed(application, event, decisions, states, source));
    }

    private static List<State> states(State before, List<Decision> decisions) {
        var states = new ArrayList<>(List.of(before));
        decisions.forEach(decision -> states.add(Replay.apply(states.getLast(), decision)));
        return states;
    }

    private Surroundings surroundings() {
        return new Surroundings(database.freezes(), Set.of(RolloutFiles.OVERRIDER));
    }

    /** What the application holds, and all rows of the objects that the event names. */
    private Map<String, RouteRow> concerning(String application, Set<String> named) {
        var rows = new HashMap<String, RouteRow>();
        for (var row : database.routes().values()) {
            var isNamed = named.contains(row.identity()) && !parts.omit(Omission.ROUTES_OF_OTHERS);
            if (application.equals(row.application()) || isNamed) {
                rows.put(row.identity(), row);
            }
        }
        return rows;
    }

    private Set<String> named(Command command, RolloutFileReader.Read file) {
        if (command.type() == CommandType.RETRY || command.type() == CommandType.UNDO) {
            return named(state(command.application()).rollout());
        }
        return file instanceof RolloutFileReader.Read.Valid valid
                ? Set.copyOf(valid.plan().targets().stream()
                        .flatMap(target -> target.routes().stream())
                        .map(route -> route.identity())
                        .toList())
                : Set.of();
    }

    /** What names nothing itself is about what was done last. */
    private static Set<String> named(Rollout last) {
        return last == null
                ? Set.of()
                : last.targets().stream()
                        .flatMap(run -> run.plan().routes().stream())
                        .map(Route::identity)
                        .collect(Collectors.toSet());
    }

    /** Routes that were let go before this instant and that nobody has claimed since. */
    List<RouteRow> released(Instant before) {
        return database.routes().values().stream()
                .filter(row -> row.application() == null && row.released() != null)
                .filter(row -> !row.released().isAfter(before))
                .toList();
    }

    void forget(RouteRow row) {
        database.routes().computeIfPresent(row.identity(), (route, now) -> now.forgotten());
        database.send(new Publication.Tombstone(Topic.WEIGHTS, row.identity()));
    }

    boolean isOverdue(String application, Instant now) {
        return database.woken().contains(application)
                || nextWakeUp(application).filter(at -> !now.isBefore(at)).isPresent();
    }
}
