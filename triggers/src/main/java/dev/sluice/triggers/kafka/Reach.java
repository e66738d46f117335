package dev.sluice.triggers.kafka;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether all that the status topic had at the start has been read: before that, a rollout that runs would pass for none. What the
 * client has polled and the channel has not handed on yet is counted, for a position is ahead of it. Thread-safe.
 */
@Singleton
public class Reach {
    private Map<TopicPartition, Long> ends;
    private long polled;
    private long taken;
    private long awaited = Long.MAX_VALUE;
    private boolean isThere;

    synchronized void begins(Map<TopicPartition, Long> newEnds) {
        ends = newEnds;
        polled = 0;
        taken = 0;
        awaited = Long.MAX_VALUE;
    }

    synchronized void polled(int records) {
        polled += records;
    }

    synchronized void took(int records) {
        taken += records;
        conclude();
    }

    /** On the thread that polls, where positions stand still. */
    synchronized void look(Consumer<?, ?> consumer) {
        if (!isThere
                && ends != null
                && !ends.isEmpty()
                && Set.copyOf(consumer.assignment()).equals(ends.keySet())) {
            var isRead = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            awaited = isRead ? Math.min(awaited, polled) : awaited;
            conclude();
        }
    }

    private void conclude() {
        isThere = isThere || taken >= awaited;
    }

    /** Once it is, it stays so. */
    public synchronized boolean isThere() {
        return isThere;
    }
}
