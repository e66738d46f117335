package dev.sluice.gate.kafka;

import dev.sluice.gate.core.Bounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a newly assigned partition is read from, so that its windows are as if it had always been read from here: from
 * before the earliest instant that an analysis judges, but never after what the group has committed, since everything
 * above that has yet to be sent on.
 */
final class ReadBack {
    /** An event's own time may be that much ahead of its append time. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private final Broker broker;
    private final Bounds bounds;
    private final Clock clock;

    ReadBack(Broker broker, Bounds bounds, Clock clock) {
        this.broker = broker;
        this.bounds = bounds;
        this.clock = clock;
    }

    /**
     * @param from the offset to read from
     * @param committed what the group has, 0 for nothing
     * @param unhandledFrom what is misplaced from here on has yet to be sent on, what is unreadable to go to the dead letters
     * @param end the log's end at the assignment
     * @param completeSince the log no longer has all events with an earlier time
     * @param readSince all events with a time from here on are read, as far as the log has them
     */
    record Start(long from, long committed, long unhandledFrom, long end, Instant completeSince, Instant readSince) {}

    Map<TopicPartition, Start> of(Collection<TopicPartition> partitions, Optional<Instant> earliestJudged) {
        var recent = clock.instant().minus(bounds.keep());
        var since = earliestJudged.filter(recent::isAfter).orElse(recent);
        var appendedSince = Math.max(0, since.minus(AHEAD).minus(bounds.reach()).toEpochMilli());
        var beginnings = broker.offsets(partitions, OffsetSpec.earliest());
        var ends = broker.offsets(partitions, OffsetSpec.latest());
        var times = broker.offsets(partitions, OffsetSpec.forTimestamp(appendedSince));
        var committed = Broker.await(broker.committed(partitions));
        var starts = new HashMap<TopicPartition, Start>();
        for (var partition : partitions) {
            starts.put(
                    partition,
                    start(
                            Broker.await(beginnings).get(partition).offset(),
                            Broker.await(ends).get(partition).offset(),
                            Broker.await(times).get(partition),
                            committed.get(partition),
                            since));
        }
        return starts;
    }

    private static Start start(long beginning, long end, ListOffsetsResultInfo first, Long committed, Instant since) {
        var readBackTo = first.offset() < 0 ? end : first.offset();
        var from = committed == null ? readBackTo : Math.min(readBackTo, Math.max(beginning, committed));
        var isCut = beginning > 0 && from == beginning && first.timestamp() >= 0;
        var completeSince = isCut ? Instant.ofEpochMilli(first.timestamp()).plus(AHEAD) : Instant.EPOCH;
        var groupHas = committed == null ? 0 : committed;
        // a log that lost its tail may end before what the group has
        return new Start(
                from,
                groupHas,
                Math.max(from, Math.min(groupHas, end)),
                end,
                completeSince,
                from > beginning ? since : Instant.EPOCH);
    }
}
