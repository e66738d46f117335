package dev.sluice.bench.load;

import dev.sluice.bench.rig.Tap;
import dev.sluice.sandbox.Services;
import dev.sluice.schemas.Topic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What went on by itself for a while.
 *
 * @param seconds it lasted
 * @param events metric events that were published meanwhile
 * @param messages that the services wrote meanwhile, by topic
 */
record Window(double seconds, Usage before, Usage after, long events, Map<Topic, Long> messages) {
    /**
     * Watches for so long and does nothing else.
     *
     * @param published metric events so far
     */
    static Window watch(Duration length, Services services, Tap tap, LongSupplier published)
            throws InterruptedException {
        var began = System.nanoTime();
        var events = published.getAsLong();
        var counts = tap.counts();
        var before = Usage.of(services);
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
        var after = Usage.of(services);
        var messages = new EnumMap<Topic, Long>(Topic.class);
        tap.counts().forEach((topic, count) -> messages.put(topic, count - counts.get(topic)));
        return new Window((System.nanoTime() - began) / 1e9, before, after, published.getAsLong() - events, messages);
    }

    double eventsPerSecond() {
        return events / seconds;
    }

    double perSecond(Topic topic) {
        return messages.get(topic) / seconds;
    }

    /** CPU time of the three services over time: 1 is one core, busy. */
    double cores() {
        return after.cpuSecondsSince(before) / seconds;
    }

    /**
     * What one more metric event costs the three services, with all that follows from it.
     *
     * @param coresAtRest what they use without any event
     * @return microseconds of CPU time
     */
    double microsPerEvent(double coresAtRest) {
        return (cores() - coresAtRest) * seconds * 1e6 / events;
    }
}
