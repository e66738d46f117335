package dev.sluice.engine.shell;

import dev.sluice.engine.core.state.State;
import dev.sluice.engine.postgres.Changes;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.engine.postgres.Consumed.Advance;
import dev.sluice.engine.postgres.History.RolloutId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one transaction does, whole or not at all.
 *
 * @param incoming in order
 * @param deadLetters copies of records that nobody can read, for the outbox
 * @param advance the partition's progress; empty for wake-ups
 * @param due what was due by then is to be done, whatever was read since; empty for records
 */
record Work(
        List<Incoming> incoming, List<Changes.Message> deadLetters, Optional<Advance> advance, Optional<Instant> due) {

    Work(List<Incoming> incoming, List<Changes.Message> deadLetters, Optional<Advance> advance) {
        this(incoming, deadLetters, advance, Optional.empty());
    }

    static Work wakeUps(List<String> applications, Instant due) {
        return new Work(
                applications.stream().<Incoming>map(Incoming.OfTime::new).toList(),
                List.of(),
                Optional.empty(),
                Optional.of(due));
    }

    /** One that no record brought. */
    static Work of(Incoming incoming) {
        return new Work(List.of(incoming), List.of(), Optional.empty());
    }

    Set<String> applications() {
        return collect(incoming -> Stream.of(incoming.application()), incoming -> true);
    }

    /** Those that get a row even if nobody has heard of them: somebody commands them. */
    Set<String> commanded() {
        return collect(
                incoming -> Stream.of(incoming.application()),
                incoming -> incoming.commandId().isPresent());
    }

    Set<String> wokenUp() {
        return collect(incoming -> Stream.of(incoming.application()), Incoming.OfTime.class::isInstance);
    }

    Set<String> routes() {
        return collect(incoming -> incoming.routes().stream(), incoming -> true);
    }

    /** Whether what it names can be told by what was read before alone. */
    boolean asksAgain() {
        return incoming.stream().anyMatch(Incoming::asksAgain);
    }

    /** With those that it names by what its applications did last. */
    Set<String> routes(Map<String, State> states) {
        var all = collect(
                incoming ->
                        Optional.ofNullable(states.get(incoming.application()))
                                .map(Reads::routesOf)
                                .orElse(Set.of())
                                .stream(),
                Incoming::asksAgain);
        return Stream.concat(all.stream(), routes().stream()).collect(Collectors.toSet());
    }

    Set<CommandId> commandIds() {
        return collect(incoming -> incoming.commandId().stream(), incoming -> true);
    }

    /** Rollouts that are named, whether they are the last of their application or not. */
    Set<RolloutId> past() {
        return collect(
                incoming -> incoming.past().map(id -> new RolloutId(incoming.application(), id)).stream(),
                incoming -> true);
    }

    private <T> Set<T> collect(Function<Incoming, Stream<T>> part, Predicate<Incoming> which) {
        return incoming.stream().filter(which).flatMap(part).collect(Collectors.toSet());
    }
}
