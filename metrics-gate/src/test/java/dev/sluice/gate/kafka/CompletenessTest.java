package dev.sluice.gate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.GateEvent.Complete;
import dev.sluice.gate.core.GateEvent.Incomplete;
import dev.sluice.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CompletenessTest {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int LAGGING = 0;
    private static final int PROMPT = 1;

    private final MetricTopics topics = new MetricTopics(Topic.DEFAULT_PREFIX, 2);
    private final Map<Integer, Owned> owned = new HashMap<>();
    private final List<GateEvent> told = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private Completeness completeness;

    /** Brokers that answer at once: ten events in each partition, and everything is committed. */
    private static final class Answering extends Broker {
        Answering() {
            super(null, "gate");
        }

        @Override
        KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
                Collection<TopicPartition> partitions, OffsetSpec spec) {
            return KafkaFuture.completedFuture(partitions.stream()
                    .collect(Collectors.toMap(
                            Function.identity(), p -> new ListOffsetsResultInfo(10, 0, java.util.Optional.empty()))));
        }

        @Override
        KafkaFuture<Map<TopicPartition, Long>> committed(Collection<TopicPartition> partitions) {
            return KafkaFuture.completedFuture(
                    partitions.stream().collect(Collectors.toMap(Function.identity(), p -> 10L)));
        }
    }

    @BeforeEach
    void oneLags() {
        var clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        completeness = new Completeness(new Answering(), topics, clock, WITHIN, () -> {});
        for (int partition : List.of(LAGGING, PROMPT)) {
            var nothing = new ReadBack.Start(0, 0, 0, 0, Instant.EPOCH, Instant.EPOCH);
            owned.put(
                    partition,
                    new Owned(
                            partition, Map.of(topics.metrics(partition), nothing, topics.placed(partition), nothing)));
        }
        readAll(PROMPT);
    }

    @Test
    @DisplayName("Line 9: a partition whose windows lag keeps no other of its instance waiting, and not the next check")
    void noPartitionWaitsForAnother() {
        // given
        var first = Instant.ofEpochSecond(100);
        var second = Instant.ofEpochSecond(200);
        completeness.ask(LAGGING, first);
        completeness.ask(PROMPT, first);

        // when
        advance();
        completeness.ask(PROMPT, second);
        advance();

        // then
        assertThat(told).containsExactly(new Complete(PROMPT, first), new Complete(PROMPT, second));

        // when
        readAll(LAGGING);
        advance();

        // then
        assertThat(told).hasSize(3).endsWith(new Complete(LAGGING, first));
        assertThat(completeness.nextLook()).isEmpty();
    }

    @Test
    @DisplayName("Line 9: one that lags for too long is told to be incomplete, for itself")
    void oneThatLagsIsIncompleteForItself() {
        // given
        completeness.ask(LAGGING, Instant.ofEpochSecond(100));
        completeness.ask(PROMPT, Instant.ofEpochSecond(100));
        advance();

        // when
        now = completeness.nextLook().orElseThrow().plusMillis(1);
        advance();

        // then
        assertThat(told).hasSize(2);
        assertThat(told.getLast())
                .isInstanceOfSatisfying(
                        Incomplete.class,
                        incomplete -> assertThat(incomplete.reason()).contains("partition " + LAGGING));
        assertThat(completeness.nextLook()).isEmpty();
    }

    @Test
    @DisplayName("A partition that is forgotten meanwhile is waited for no longer")
    void aForgottenPartitionIsNotWaitedFor() {
        // given
        completeness.ask(LAGGING, Instant.ofEpochSecond(100));
        advance();

        // when
        completeness.forget(LAGGING);
        readAll(LAGGING);
        advance();

        // then
        assertThat(told).isEmpty();
        assertThat(completeness.nextLook()).isEmpty();
    }

    private void readAll(int partition) {
        topics.both(partition).forEach(p -> owned.get(partition).moveTo(p, 10));
    }

    private void advance() {
        completeness.advance(owned::get, told::add);
    }
}
