package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What appliers found in the way of a target before its first weight. It lasts as long as the target begins.
 *
 * @param patience until when silence holds the first weight
 * @param repeatAt from when on it is asked again, as long as an error stands and the beginning is carried out
 * @param pace how long it took to {@code repeatAt} from when it was asked
 * @param deadline past it an error that still stands ends the beginning
 * @param errors of each route that has answered, as its newest answer says them; empty where nothing stands in the way
 */
public record Preflight(
        Instant patience, Instant repeatAt, Duration pace, Instant deadline, Map<String, List<String>> errors) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int MOST_ERRORS = 5;
    private static final int MOST_WORDS = 300;

    public Preflight {
        errors = Map.copyOf(errors);
    }

    /** With an error it is asked again as soon as the beginning is carried out: what was missing may be there by then. */
    public static Preflight asked(Instant at, Duration timeout) {
        return new Preflight(at.plus(PATIENCE), at, Duration.ZERO, at.plus(timeout), Map.of());
    }

    /** Each wait is twice the one before. */
    public Preflight again(Instant at) {
        var doubled = pace.isZero() ? Order.FIRST_REPEAT : pace.multipliedBy(2);
        var next = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
        return new Preflight(patience, at.plus(next), next, deadline, errors);
    }

    /** Nobody held to it meanwhile: an error is asked for anew, at once. */
    public Preflight resumed(Instant at, Duration timeout) {
        return new Preflight(patience, at, Duration.ZERO, at.plus(timeout), errors);
    }

    /** A check that was not made takes nothing back. */
    public Preflight answered(String route, List<Finding> findings) {
        if (hasErrors() && findings.stream().anyMatch(finding -> finding.code() == Finding.Code.NOT_MADE)) {
            return this;
        }
        var words = findings.stream()
                .filter(Finding::isError)
                .map(finding -> Cut.to(MOST_WORDS, finding.message()))
                .limit(MOST_ERRORS)
                .toList();
        var next = new TreeMap<>(errors);
        next.put(route, words);
        return new Preflight(patience, repeatAt, pace, deadline, next);
    }

    public boolean hasErrors() {
        return errors.values().stream().anyMatch(words -> !words.isEmpty());
    }

    /** The first route in whose way something stands, with what it is. */
    public String words() {
        return errors.entrySet().stream()
                .filter(route -> !route.getValue().isEmpty())
                .min(Map.Entry.comparingByKey())
                .map(route -> route.getKey() + ": " + String.join("; ", route.getValue()))
                .orElse("nothing stands in the way");
    }

    public boolean isAnsweredBy(List<RouteRun> routes) {
        return routes.stream().allMatch(route -> errors.containsKey(route.identity()));
    }

    /** Until when whoever answers the newest question is listened to. */
    public Instant listensUntil() {
        return patience.isAfter(repeatAt) ? patience : repeatAt;
    }
}
