package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.format.foreign.Formats;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandledTest {
    private static final TopicPartition OWN = new TopicPartition("rollout.metrics", 0);
    private static final TopicPartition LOST = new TopicPartition("theirs", 0);
    private static final TopicPartition NEVER_READ = new TopicPartition("theirs", 1);
    private static final TopicPartition READ = new TopicPartition("theirs", 2);

    /** Whose logs all start at 10. */
    private static final class Answering extends Broker {
        private Answering() {
            super(null, "gate", Set.of("theirs"), "gate-formats");
        }

        @Override
        KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
                Collection<TopicPartition> partitions, OffsetSpec spec) {
            assertThat(spec).isInstanceOf(OffsetSpec.EarliestSpec.class);
            return KafkaFuture.completedFuture(partitions.stream()
                    .collect(Collectors.toMap(
                            Function.identity(), p -> new ListOffsetsResultInfo(10, 0, Optional.empty()))));
        }

        @Override
        KafkaFuture<Map<TopicPartition, Long>> committed(Collection<TopicPartition> partitions) {
            return KafkaFuture.completedFuture(Map.of(OWN, 3L, LOST, 4L, READ, 12L));
        }
    }

    @Test
    @DisplayName("B12 a pass waits for no record of others that is lost, and for all that are there")
    void nobodyWaitsForWhatIsLost() {
        var handled = Broker.await(new Answering().handled(List.of(OWN, LOST, NEVER_READ, READ)));

        assertThat(handled).isEqualTo(Map.of(OWN, 3L, LOST, 10L, NEVER_READ, 10L, READ, 12L));
    }

    @Test
    void whatIsAssignedIsCommittedUpToWhereItIsReadFrom() {
        // given
        try (var consumer = new MockConsumer<byte[], byte[]>("earliest")) {
            consumer.assign(List.of(LOST, READ));
            consumer.commitSync(Map.of(LOST, new OffsetAndMetadata(4), READ, new OffsetAndMetadata(12)));
            consumer.seek(LOST, 10);
            consumer.seek(READ, 12);

            // when
            new FormatsConsumer(Formats.config(Map.of())).onPartitionsAssigned(consumer, consumer.assignment());

            // then
            assertThat(consumer.committed(consumer.assignment()).values())
                    .extracting(OffsetAndMetadata::offset)
                    .containsExactlyInAnyOrder(10L, 12L);
        }
    }
}
