package dev.sluice.cli.verify;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Somebody says a word on the newest order of each route, be it that it waits; of one that was given up nobody asks any more. */
final class Answers implements Promise {
    private static final Duration BOUND = Duration.ofMinutes(1);
    /** Reports are kept for a week: what was ordered long before may have been answered, too. */
    private static final Duration KEPT = Duration.ofDays(6);

    private record Asked(WeightOrder order, Instant since) {}

    private final Map<String, Asked> newest = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final Set<String> given = new HashSet<>();

    @Override
    public String number() {
        return "B48";
    }

    @Override
    public String words() {
        return "each order is answered";
    }

    @Override
    public void decided(Audit decision) {
        if (decision.event() != null && decision.event().type().equals("abandon")) {
            given.add(decision.rollout() + " " + decision.target());
        }
    }

    @Override
    public void ordered(WeightOrder order, Instant at) {
        newest.merge(
                order.route(),
                new Asked(order, at),
                (known, next) -> known.order().fence().isBelow(next.order().fence()) ? next : known);
    }

    @Override
    public void reported(WeightReport report) {
        answered.add(key(report.route(), report.generation(), report.sequence()));
    }

    @Override
    public List<String> broken(Instant now) {
        return newest.values().stream()
                .filter(asked -> asked.since().isBefore(now.minus(BOUND)))
                .filter(asked -> asked.since().isAfter(now.minus(KEPT)))
                .map(Asked::order)
                .filter(order -> !given.contains(order.rollout() + " " + order.target()))
                .map(order -> key(order.route(), order.generation(), order.sequence()))
                .filter(key -> !answered.contains(key))
                .sorted()
                .map(key -> "nobody has said a word on " + key + " within " + BOUND.toSeconds() + " s")
                .toList();
    }

    private static String key(String route, long generation, long sequence) {
        return route + " " + generation + "." + sequence;
    }
}
