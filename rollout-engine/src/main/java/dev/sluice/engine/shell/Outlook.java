package dev.sluice.engine.shell;

import dev.sluice.engine.core.Decider;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.told.HoldView;
import dev.sluice.engine.core.told.Publication;
import dev.sluice.engine.core.told.Publications;
import dev.sluice.engine.postgres.Applications;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.Routes;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.window.Invoker;
import dev.sluice.schemas.wire.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a start would lead to if it came now: the rules are asked, so that nothing else can be said than what comes of it, and
 * what they decide is forgotten.
 */
@ApplicationScoped
public class Outlook {
    private final Database database;
    private final Applications applications;
    private final Routes routes;
    private final Clock clock;

    Outlook(Database database, Applications applications, Routes routes, Clock clock) {
        this.database = database;
        this.applications = applications;
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * @param state before it, with the routes that the file names
     * @param decisions as the audit would show them, in order
     * @param holds what would hold its steps now
     */
    public record Seen(State state, List<Audit> decisions, List<HoldView> holds) {}

    /**
     * Blocks.
     *
     * @param rollout the id that it would have
     * @param revision null where nobody says
     * @param automated whether nobody would start it, but automation
     */
    public Seen of(String rollout, String revision, boolean automated, RolloutFileReader.Read.Valid file) {
        var application = file.plan().application();
        var state = database.alone(session -> applications.find(session, application))
                .orElseGet(() -> State.empty(application))
                .withRoutes(rows(application, file));
        var now = clock.instant();
        var command = start(rollout, revision, automated, application);
        var start = new Event.CommandReceived(now, now, command, false, file);
        // it overrides nothing: no role would let it
        var surroundings = new Surroundings(freezes(), Set.of());
        var decisions = Publications.of(state, start, Decider.decide(state, surroundings, start)).stream()
                .filter(Publication.Message.class::isInstance)
                .map(message -> ((Publication.Message) message).message())
                .filter(Audit.class::isInstance)
                .map(Audit.class::cast)
                .toList();
        var holds = HoldView.of(file.plan(), Invoker.of(automated), surroundings.freezes(), now);
        return new Seen(state, decisions, holds);
    }

    private List<Freeze> freezes() {
        return database.alone(session -> applications.find(session, Freeze.APPLICATION))
                .map(State::freezes)
                .orElse(List.of());
    }

    private Map<String, RouteRow> rows(String application, RolloutFileReader.Read.Valid file) {
        var named = file.plan().targets().stream()
                .flatMap(target -> target.routes().stream())
                .map(Route::identity)
                .collect(Collectors.toSet());
        return database.alone(session -> routes.glance(session, Set.of(application), named));
    }

    /** As one comes from the topic: what it doesn't say is as there. */
    private static Command start(String rollout, String revision, boolean automated, String application) {
        var said = new HashMap<String, Object>();
        said.put("id", rollout);
        said.put("type", "start");
        said.put("application", application);
        said.put("revision", revision);
        said.put("automated", automated);
        return Json.mapper().convertValue(said, Command.class);
    }
}
