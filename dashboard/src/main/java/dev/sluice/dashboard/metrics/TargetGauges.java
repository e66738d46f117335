package dev.sluice.dashboard.metrics;

import dev.sluice.dashboard.core.StepTime;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** The gauges of one target, nine series; a status changes what they read, and only those with words of it are made anew. */
final class TargetGauges {
    private static final Status.Weights NO_WEIGHTS = new Status.Weights(null, null, null);

    private final List<Meter> standing = new ArrayList<>();
    private final List<Meter> ofWords = new ArrayList<>();
    private final MeterRegistry registry;
    private final Tags target;
    private volatile Status status;
    private volatile StepTime time;

    TargetGauges(MeterRegistry registry, Status first, Clock clock) {
        this.registry = registry;
        this.target = Tags.of("application", first.application(), "target", first.target());
        this.status = first;
        this.time = StepTime.met(first);
        weight("desired", () -> percent(weights().desired()));
        weight("applied", () -> percent(applied()));
        weight(
                "observed",
                () -> weights().observed() == null ? Double.NaN : weights().observed());
        seconds("active", () -> now(clock).active());
        seconds("waiting", () -> now(clock).waiting());
        standing.add(gauge(
                "sluice.rollout.step",
                "The step that the target is at, from 1; 0 is before the first",
                target,
                () -> status.step()));
        standing.add(
                gauge("sluice.rollout.steps", "How many steps the target's rollout has", target, () -> status.steps()));
        name();
    }

    /** The status that is told now. */
    Status status() {
        return status;
    }

    StepTime time() {
        return time;
    }

    void tell(Status next) {
        var before = status;
        time = time.then(next);
        status = next;
        if (!words(before).equals(words(next))) {
            remove(ofWords);
            name();
        }
    }

    void remove() {
        remove(standing);
        remove(ofWords);
    }

    private void remove(List<Meter> meters) {
        meters.forEach(registry::remove);
        meters.clear();
    }

    private StepTime now(Clock clock) {
        return status.phase().isFinal() ? time : time.at(clock.instant());
    }

    private void weight(String kind, Supplier<Number> percent) {
        standing.add(gauge(
                "sluice.weight",
                "Percent of the canary: ordered, carried by the route that is furthest from that, and measured (NaN where it isn't)",
                target.and("kind", kind),
                percent));
    }

    private Status.Weights weights() {
        return status.weight() == null ? NO_WEIGHTS : status.weight();
    }

    /** A raise that one of several routes doesn't carry is as little applied as a way back that one doesn't. */
    private Weight applied() {
        return status.routes().stream()
                .filter(route -> route.applied() != null && route.desired() != null)
                .max(Comparator.comparingInt(route ->
                        Math.abs(route.desired().hundredths() - route.applied().hundredths())))
                .filter(route -> !route.desired().equals(route.applied()))
                .map(Status.RouteStatus::applied)
                .orElse(weights().applied());
    }

    private static double percent(Weight weight) {
        return weight == null ? Double.NaN : weight.hundredths() / 100.0;
    }

    private void seconds(String kind, Supplier<Duration> of) {
        standing.add(Gauge.builder("sluice.step", () -> of.get().toMillis() / 1000.0)
                .description("How long the target has been at its step so far: on its way, and waiting")
                .baseUnit("seconds")
                .tags(target.and("time", kind))
                .strongReference(true)
                .register(registry));
    }

    private void name() {
        var now = status;
        ofWords.add(gauge(
                "sluice.rollout.info",
                "1 for the rollout that the target is in",
                target.and("cluster", word(now.cluster()), "rollout", now.rollout(), "revision", word(now.revision())),
                () -> 1));
        ofWords.add(gauge(
                "sluice.rollout.phase",
                "1 for the phase that the target is in, with what it waits for",
                target.and("phase", now.phase().word(), "waiting_for", waitingFor(now)),
                () -> 1));
    }

    private static List<String> words(Status status) {
        return List.of(
                word(status.cluster()),
                status.rollout(),
                word(status.revision()),
                status.phase().word(),
                waitingFor(status));
    }

    private static String waitingFor(Status status) {
        return status.waitingFor() == null ? "" : status.waitingFor().kind();
    }

    private static String word(String orNull) {
        return orNull == null ? "" : orNull;
    }

    private Meter gauge(String name, String description, Tags tags, Supplier<Number> value) {
        return Gauge.builder(name, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
