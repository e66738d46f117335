package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.core.Bounds;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.judge.StandardJudging;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final int COMMITTED = 100;
    private static final int END = 200;

    /** Whose logs hold what was appended from offset 0 to 200, all of it long ago, and are dealt with to 100. */
    private static final class Answering extends Broker {
        private Answering() {
            super(null, "gate", Set.of(), "gate-formats");
        }

        @Override
        KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
                Collection<TopicPartition> partitions, OffsetSpec spec) {
            var offset = spec instanceof OffsetSpec.EarliestSpec ? 0 : spec instanceof OffsetSpec.LatestSpec ? END : -1;
            return KafkaFuture.completedFuture(partitions.stream()
                    .collect(Collectors.toMap(
                            Function.identity(), p -> new ListOffsetsResultInfo(offset, -1, Optional.empty()))));
        }

        @Override
        KafkaFuture<Map<TopicPartition, Long>> committed(Collection<TopicPartition> partitions) {
            return KafkaFuture.completedFuture(
                    partitions.stream().collect(Collectors.toMap(Function.identity(), p -> (long) COMMITTED)));
        }
    }

    private final MetricTopics topics = new MetricTopics("rollout.", 1);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Ownership ownership = ownership(new Answering(), Clock.systemUTC());

    private Ownership ownership(Broker broker, Clock clock) {
        return new Ownership(
                consumer,
                topics,
                new ReadBack(broker, Bounds.DEFAULT, clock),
                new Gate(Bounds.DEFAULT, StandardJudging.create(), topics::partitionOf),
                new Commits(consumer),
                new Completeness(broker, topics, clock, Duration.ofSeconds(1), () -> {}),
                event -> {});
    }

    @Test
    @DisplayName("B06 whoever takes over before all was read finds the alerts' ends that lift nothing before that")
    void keepsWhatIsPlacedUntilCaughtUp() {
        // given
        consumer.assign(topics.both(0));
        ownership.onPartitionsAssigned(topics.both(0));

        // when
        readTo(END - 1);

        // then
        assertThat(ownership.handled()).isEqualTo(Map.of(topics.metrics(0), END - 1L));

        // when
        readTo(END);

        // then
        assertThat(ownership.handled()).isEqualTo(Map.of(topics.metrics(0), (long) END, topics.placed(0), (long) END));
    }

    private void readTo(int offset) {
        topics.both(0).forEach(partition -> consumer.seek(partition, offset));
        ownership.positionsTaken();
    }
}
