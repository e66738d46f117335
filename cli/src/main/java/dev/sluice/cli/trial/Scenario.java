package dev.sluice.cli.trial;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the two sides of an invented release would send.
 *
 * @param answers what metric providers would answer, by the query's name
 */
public record Scenario(List<Series> series, Map<String, OverTime<Double>> answers, List<AlertFiring> alerts) {
    /**
     * One metric with its labels, as both sides have it.
     *
     * @param perSecond how many events, had the side all the traffic
     * @param values of single samples, taken in turn; null: events are counted
     * @param atAnyWeight whether the weight makes no difference
     */
    record Series(
            String metric,
            Map<String, String> labels,
            Sides<OverTime<Double>> perSecond,
            Sides<OverTime<List<Double>>> values,
            boolean atAnyWeight) {
        Series {
            labels = Map.copyOf(labels);
        }
    }

    record Sides<T>(T stable, T canary) {}

    /** @param until null: to the end */
    record AlertFiring(String name, Map<String, String> labels, Duration from, Duration until) {
        AlertFiring {
            labels = Map.copyOf(labels);
        }
    }

    public Scenario {
        series = List.copyOf(series);
        answers = Map.copyOf(answers);
        alerts = List.copyOf(alerts);
    }

    /** When what the canary does, or what others say of it, became what it is then; empty where it was so from the first on. */
    Optional<Duration> changedBy(Duration time) {
        var measured = series.stream()
                .flatMap(one -> Stream.concat(
                        Stream.of(one.perSecond().canary()),
                        one.values() == null
                                ? Stream.empty()
                                : Stream.of(one.values().canary())))
                .flatMap(course -> course.changedBy(time).stream());
        var answered = answers.values().stream().flatMap(course -> course.changedBy(time).stream());
        var fired = alerts.stream().map(AlertFiring::from).filter(from -> from.compareTo(time) <= 0);
        return Stream.of(measured, answered, fired).flatMap(times -> times).max(Duration::compareTo);
    }
}
