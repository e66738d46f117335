package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A route that another tool decides about: what it carries is told whenever that is something else than was told before, and now and
 * then all the same. Nothing follows from it but reports.
 *
 * @param seen the object as it was seen last; null where it wasn't, or isn't there
 * @param told the last report under this order; null before the first
 */
public record Watching(WeightOrder order, RoutingObject seen, WeightReport told) {
    /** What was told may be lost, or overtaken by what another instance saw before it. */
    private static final Duration TELL_AGAIN = Duration.ofMinutes(5);

    /** As of all reports: no object makes one that no topic takes. */
    private static final int MOST_BACKENDS = 50;

    public static Watching of(WeightOrder order) {
        return new Watching(order, null, null);
    }

    /** Whoever asks again hears it again. */
    public Watching again() {
        return new Watching(order, seen, null);
    }

    public Watching telling(WeightReport report) {
        return new Watching(order, seen, report);
    }

    /** What was seen is remembered; news that come late change nothing. */
    public Watching seeing(Sight sight) {
        return switch (sight) {
            case Sight.Present(RoutingObject object) when !isLate(object) -> new Watching(order, object, told);
            case Sight.Absent absent -> new Watching(order, null, told);
            case Sight.Present late -> this;
            case Sight.Unknown unknown -> this;
            case Sight.Unservable unservable -> this;
        };
    }

    private boolean isLate(RoutingObject object) {
        return seen != null && object.isOlderThan(seen);
    }

    /** @return empty where it says nothing new */
    public Optional<WeightReport> report(Sight sight, Traits traits, Instant now) {
        return switch (sight) {
            case Sight.Present(RoutingObject object) -> isLate(object) ? Optional.empty() : newly(of(object, now));
            case Sight.Absent absent -> newly(absent(traits, absent.left(), now));
            case Sight.Unservable unservable -> unseen(unservable.reason(), now);
            case Sight.Unknown unknown -> Optional.empty();
        };
    }

    /** It can't be seen. */
    public Optional<WeightReport> unseen(String reason, Instant now) {
        return newly(WeightReport.observed(order, null, Map.of(), false, reason, null, now));
    }

    private WeightReport of(RoutingObject object, Instant now) {
        // what lists others alone sends the canary nothing; of what lists nobody nothing is known
        var isReadable = object.unfit() == null || !object.weights().isEmpty();
        var weight = isReadable ? object.shares(order).asWeight() : null;
        return WeightReport.observed(order, weight, found(object), false, object.unfit(), object.lastEditor(), now);
    }

    private Map<String, Double> found(RoutingObject object) {
        return object.weights().entrySet().stream()
                .filter(entry -> object.weights().size() <= MOST_BACKENDS
                        || entry.getKey().equals(order.active())
                        || entry.getKey().equals(order.canary()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().doubleValue()));
    }

    private WeightReport absent(Traits traits, String left, Instant now) {
        var fallsBackToCanary = order.canary().equals(traits.fallback());
        var weight = fallsBackToCanary ? Weight.FULL : Weight.ZERO;
        Map<String, Double> found = traits.fallback() == null
                ? Map.of()
                : Map.of(traits.fallback(), BigDecimal.valueOf(100).doubleValue());
        return WeightReport.observed(order, weight, found, true, left, null, now);
    }

    private Optional<WeightReport> newly(WeightReport report) {
        return told != null
                        && Objects.equals(told.observed(), report.observed())
                        && told.absent() == report.absent()
                        && Objects.equals(told.reason(), report.reason())
                        && report.time().isBefore(told.time().plus(TELL_AGAIN))
                ? Optional.empty()
                : Optional.of(report);
    }
}
