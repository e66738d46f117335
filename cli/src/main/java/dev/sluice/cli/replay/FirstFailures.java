package dev.sluice.cli.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first failing verdict on each target of some rollouts. */
public final class FirstFailures {
    private record Found(String query, String words, Instant time) {}

    /** @param after counted from the target's beginning */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(String query, Duration after, String words) {}

    private final Set<String> rollouts;
    private final Map<String, Found> first = new HashMap<>();

    public FirstFailures(Collection<String> rollouts) {
        this.rollouts = Set.copyOf(rollouts);
    }

    public void reached(Verdict verdict) {
        if (verdict.outcome() != Outcome.FAIL || !rollouts.contains(verdict.rollout())) {
            return;
        }
        var failing = verdict.queries().stream()
                .filter(query -> query.outcome() == Outcome.FAIL && !query.dryRun())
                .findFirst();
        var found = new Found(
                failing.map(QueryResult::name).orElse(null),
                failing.map(QueryResult::words).orElse(null),
                verdict.time());
        first.merge(
                verdict.rollout() + " " + verdict.target(),
                found,
                (one, other) -> other.time().isBefore(one.time()) ? other : one);
    }

    Optional<Failure> of(Past past) {
        return Optional.ofNullable(first.get(past.rollout() + " " + past.target()))
                .map(found -> new Failure(found.query(), Duration.between(past.begun(), found.time()), found.words()));
    }
}
