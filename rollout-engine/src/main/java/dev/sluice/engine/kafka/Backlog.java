package dev.sluice.engine.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to when this instance has read what it is told. What follows from silence (a report that is overdue, a verdict that
 * never came, an approval that expired) may only be concluded up to there: the message that was missed may lie unread
 * behind thousands of others.
 */
@ApplicationScoped
public class Backlog {
    /** Whatever keeps a partition from being read, nothing stands still for ever. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<TopicPartition, Instant> unread = new ConcurrentHashMap<>();

    /** @param oldest when the first record that is not worked off was appended, as its timestamp says */
    void waits(TopicPartition partition, Instant oldest) {
        unread.put(partition, oldest);
    }

    /** Nothing of it waits, or it is nobody's to read here. */
    void isRead(TopicPartition partition) {
        unread.remove(partition);
    }

    /** Others are somebody else's to read by now. */
    void retain(Set<TopicPartition> assigned) {
        unread.keySet().retainAll(assigned);
    }

    /** The time that may be acted on: {@code now}, unless older messages wait; never more than five minutes before it. */
    public Instant upTo(Instant now) {
        var oldest = unread.values().stream().min(Instant::compareTo).orElse(now);
        var earliest = now.minus(LONGEST);
        return !oldest.isBefore(now) ? now : oldest.isBefore(earliest) ? earliest : oldest;
    }
}
