package dev.sluice.dashboard.metrics;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Keys;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What statuses come to, for Prometheus: the dashboard reads all of them, and so each of its instances tells the same. A target
 * costs series only while its rollout runs, and no status costs more than its own target's.
 */
@ApplicationScoped
public class FleetMeters {
    /** So that the last weight is scraped too. */
    static final Duration TOLD_AFTER_THE_END = Duration.ofMinutes(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private static final Duration[] STEPS_TAKE = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofDays(1)
    };

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sluice-ended").daemon().factory());
    private final MeterRegistry registry;
    private final Clock clock;
    private final Instant began;
    private final Map<Phase, AtomicInteger> phases = new EnumMap<>(Phase.class);
    private final Map<String, Phase> known = new HashMap<>();
    private final Map<String, TargetGauges> told = new HashMap<>();
    /** Until when those that have ended are told, the next to go first. */
    private final Map<String, Instant> ended = new LinkedHashMap<>();

    FleetMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.began = clock.instant();
        for (var phase : Phase.values()) {
            var number = new AtomicInteger();
            phases.put(phase, number);
            Gauge.builder("sluice.rollouts", number::get)
                    .description("Targets by the phase that their rollout is in, or their last one ended in")
                    .tag("phase", phase.word())
                    .strongReference(true)
                    .register(registry);
        }
    }

    void start(@Observes StartupEvent event) {
        var unused = looking.scheduleWithFixedDelay(
                this::forgetEnded, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        looking.shutdownNow();
    }

    public synchronized void take(Status status) {
        var key = Keys.applicationTarget(status.application(), status.target());
        count(known.put(key, status.phase()), status.phase());
        var gauges = told.get(key);
        if (gauges != null) {
            ended.remove(key);
            measure(gauges, status);
            gauges.tell(status);
        } else if (!status.phase().isFinal()) {
            told.put(key, new TargetGauges(registry, status, clock));
        }
        if (status.phase().isFinal() && told.containsKey(key)) {
            end(key, status.updatedAt().plus(TOLD_AFTER_THE_END));
        }
        forgetEnded();
    }

    /** A log that is read back is full of ends from long ago. */
    private void end(String key, Instant toldUntil) {
        if (toldUntil.isAfter(clock.instant())) {
            ended.put(key, toldUntil);
        } else {
            leave(key);
        }
    }

    /** The target's status was taken back. */
    public synchronized void forget(String key) {
        count(known.remove(key), null);
        leave(key);
        ended.remove(key);
    }

    /** Those that ended a while ago cost nothing any more. */
    synchronized void forgetEnded() {
        var now = clock.instant();
        var next = ended.entrySet().iterator();
        while (next.hasNext()) {
            var one = next.next();
            if (one.getValue().isAfter(now)) {
                return;
            }
            leave(one.getKey());
            next.remove();
        }
    }

    private void leave(String key) {
        var gauges = told.remove(key);
        if (gauges != null) {
            gauges.remove();
        }
    }

    private void count(Phase before, Phase after) {
        if (before != null) {
            phases.get(before).decrementAndGet();
        }
        if (after != null) {
            phases.get(after).incrementAndGet();
        }
    }

    /** What was over before this instance began was counted by the one before it. */
    private void measure(TargetGauges gauges, Status next) {
        var step = gauges.time();
        if (gauges.status().phase().isFinal()
                || !step.isWhole()
                || !step.isLeftBy(next)
                || next.updatedAt().isBefore(began)) {
            return;
        }
        var whole = step.at(next.updatedAt());
        record(whole.step(), "active", whole.active());
        record(whole.step(), "waiting", whole.waiting());
    }

    private void record(String step, String time, Duration took) {
        Timer.builder("sluice.step.duration")
                .description("How long targets were at a step that they have left: on their way, and waiting")
                .tag("step", step)
                .tag("time", time)
                .serviceLevelObjectives(STEPS_TAKE)
                .register(registry)
                .record(took);
    }
}
