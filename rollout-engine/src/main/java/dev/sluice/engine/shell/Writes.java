package dev.sluice.engine.shell;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.Replay;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.WakeUp;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.engine.postgres.Changes;
import dev.sluice.engine.postgres.CommandIds;
import dev.sluice.engine.postgres.History.RolloutId;
import dev.sluice.engine.postgres.Outbox;
import dev.sluice.engine.postgres.Routes;
import dev.sluice.engine.postgres.StateForm;
import dev.sluice.engine.postgres.Unlocked;
import dev.sluice.schemas.message.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a transaction decided, gathered event by event, and in the end the rows that it comes to. */
final class Writes {
    private final Map<String, State> states;
    private final Map<String, String> versions;
    private final Instant now;
    private final Map<String, State> changed = new TreeMap<>();
    private final Map<String, Changes.Rollout> rollouts = new TreeMap<>();
    private final Map<String, Changes.Assessment> assessments = new TreeMap<>();
    private final Map<String, RouteRow> changedRoutes = new TreeMap<>();
    private final Map<String, Changes.Told> told = new TreeMap<>();
    private final List<Changes.Decision> audit = new ArrayList<>();
    private final List<Changes.Message> outbox = new ArrayList<>();
    private final WebhookRows webhooks = new WebhookRows();
    private final Map<String, StateForm.Stored> encoded = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();

    /** @param versions of the applications that were read without a lock */
    Writes(Map<String, State> states, Map<String, String> versions, Instant now) {
        this.states = states;
        this.versions = versions;
        this.now = now;
    }

    void add(Event event, List<Decision> led) {
        events.add(event);
        decisions.addAll(led);
        led.forEach(decision -> assessed(event, decision));
        webhooks.took(event, led);
    }

    /** The last word on a rollout counts, in this transaction too. */
    private void assessed(Event event, Decision decision) {
        if (event instanceof Event.CommandReceived asked && decision instanceof Decision.Assessed assessed) {
            var row = new Changes.Assessment(
                    asked.command().application(),
                    assessed.assessment().rollout(),
                    assessed.assessment().ending().word(),
                    assessed.actor(),
                    asked.command().reason(),
                    assessed.at());
            assessments.put(row.application() + " " + row.rollout(), row);
        }
    }

    /** One event may end a rollout and begin the next: each is told and stored for itself. */
    void add(State before, List<Decision> led, State after) {
        var told = before;
        var state = before;
        for (var decision : led) {
            if (decision instanceof Decision.Started && before.running()) {
                add(told, state);
                told = state;
            }
            state = Replay.apply(state, decision);
        }
        add(told, after);
    }

    private void add(State before, State after) {
        changed.put(after.application(), after);
        // and all the more a batch may
        RolloutRows.of(after).ifPresent(row -> rollouts.put(row.application() + " " + row.id(), row));
        RolloutRows.told(before, after, now).forEach(row -> told.put(row.application() + " " + row.target(), row));
        after.routes().forEach((identity, row) -> {
            if (!row.equals(before.routes().get(identity))) {
                changedRoutes.put(identity, row);
            }
        });
    }

    void publish(State before, Outgoing.Messages messages) {
        var n = before.decisions();
        for (var entry : messages.audit()) {
            audit.add(new Changes.Decision(before.application(), ++n, entry));
        }
        outbox.addAll(messages.records());
    }

    void call(List<WebhookCall> calls) {
        webhooks.add(calls);
    }

    /** Where a rollout stands that this transaction moved. */
    Optional<Phase> phase(RolloutId rollout) {
        return Optional.ofNullable(rollouts.get(rollout.application() + " " + rollout.id()))
                .flatMap(row -> Phase.of(row.phase()));
    }

    boolean hasCalls() {
        return webhooks.hasCalls();
    }

    void publish(Changes.Message deadLetter) {
        outbox.add(deadLetter);
    }

    List<Changes.Decision> audit() {
        return audit;
    }

    List<Event> events() {
        return events;
    }

    List<Decision> decisions() {
        return decisions;
    }

    /**
     * The moments to come at which the applications of this transaction have something to do. One that has come was just
     * decided about; should it still stand, the sweep finds it, and nothing turns in circles.
     */
    List<Instant> nextWakeUps() {
        var ofItself = changed.values().stream()
                .flatMap(state -> WakeUps.of(state).stream())
                .map(WakeUp::at)
                .filter(now::isBefore);
        return Stream.concat(ofItself, Stream.ofNullable(lifted())).toList();
    }

    /** When this transaction ended something that any application may wait for; null: it didn't. */
    private Instant lifted() {
        return decisions.stream().anyMatch(Decision.Unfrozen.class::isInstance) ? now : null;
    }

    /**
     * The applications that it changed, as they are read from now on.
     *
     * @param version under which they were stored
     */
    Map<String, Unlocked.Seen> stored(StateForm form, String version) {
        var seen = new HashMap<String, Unlocked.Seen>();
        changed.forEach((name, state) -> {
            form.stored(state, encoded.get(name));
            var held = state.routes().values().stream()
                    .filter(row -> name.equals(row.application()))
                    .toList();
            seen.put(name, new Unlocked.Seen(state.withRoutes(Map.of()), version, held, Set.of()));
        });
        return seen;
    }

    /** Of a transaction that holds the locks of what it read. */
    Changes changes(String lane, StateForm form) {
        return changes(lane, form, Changes.Guard.NONE);
    }

    /**
     * Of a transaction that holds none.
     *
     * @param fresh the command ids that were new to it
     */
    Changes guarded(String lane, StateForm form, Work work, Collection<CommandIds.CommandId> fresh) {
        var unchanged = versions.entrySet().stream()
                .filter(read -> !changed.containsKey(read.getKey()))
                .map(read -> new Changes.Version(read.getKey(), read.getValue()))
                .collect(Collectors.partitioningBy(read -> read.name().equals(Freeze.APPLICATION)));
        var advance = work.advance().stream().toList();
        return changes(
                lane,
                form,
                new Changes.Guard(advance, unchanged.get(false), unchanged.get(true), fresh, work.wokenUp(), now));
    }

    /** The messages of a topic, with the ids that they were stored under. */
    List<Outbox.Row> messages(String topic, List<Long> ids) {
        return IntStream.range(0, outbox.size())
                .filter(i -> outbox.get(i).topic().equals(topic))
                .mapToObj(i -> Outbox.row(ids.get(i), outbox.get(i)))
                .toList();
    }

    boolean hasMessagesBeside(String topic) {
        return outbox.stream().anyMatch(message -> !message.topic().equals(topic));
    }

    private Changes changes(String lane, StateForm form, Changes.Guard guard) {
        var gone = new ArrayList<Changes.Timer>();
        var fresh = new ArrayList<Changes.Timer>();
        for (var state : changed.values()) {
            var before = timers(states.getOrDefault(state.application(), State.empty(state.application())));
            var after = timers(state);
            gone.addAll(without(before, after));
            // a wake-up that is due may just have been cleared: putting it back where it stands does no harm
            fresh.addAll(after.stream()
                    .filter(timer -> !before.contains(timer) || !timer.at().isAfter(now))
                    .toList());
        }
        return new Changes(
                changed.values().stream().map(state -> row(state, form)).toList(),
                List.copyOf(rollouts.values()),
                List.copyOf(assessments.values()),
                changedRoutes.values().stream().map(Writes::row).toList(),
                List.copyOf(told.values()),
                audit,
                gone,
                fresh,
                lifted(),
                outbox,
                webhooks.rows(),
                lane,
                guard);
    }

    private Changes.Application row(State state, StateForm form) {
        var stored = form.encode(state.withRoutes(Map.of()));
        encoded.put(state.application(), stored);
        return RolloutRows.application(state, stored, versions.get(state.application()), now);
    }

    private static Set<Changes.Timer> timers(State state) {
        var timers = new HashSet<Changes.Timer>();
        for (var wakeUp : WakeUps.of(state)) {
            timers.add(new Changes.Timer(state.application(), wakeUp.target(), wakeUp.kind(), wakeUp.at()));
        }
        return timers;
    }

    private static List<Changes.Timer> without(Collection<Changes.Timer> these, Set<Changes.Timer> those) {
        return these.stream().filter(timer -> !those.contains(timer)).toList();
    }

    private static Changes.Route row(RouteRow row) {
        return new Changes.Route(
                row.identity(),
                Routes.object(row.identity()),
                row.application(),
                row.generation(),
                row.active(),
                row.promoted(),
                row.released());
    }
}
