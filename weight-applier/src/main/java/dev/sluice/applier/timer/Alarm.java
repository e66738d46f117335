package dev.sluice.applier.timer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Wakes somebody at a time; what it calls must be quick. */
public final class Alarm {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().name("alarm").daemon().unstarted(work));
    private final Clock clock;

    public Alarm(Clock clock) {
        this.clock = clock;
    }

    public void at(Instant when, Runnable call) {
        var wait = Math.max(0, Duration.between(clock.instant(), when).toMillis() + 1);
        var unused = timer.schedule(call, wait, TimeUnit.MILLISECONDS);
    }

    public void stop() {
        timer.shutdownNow();
    }
}
