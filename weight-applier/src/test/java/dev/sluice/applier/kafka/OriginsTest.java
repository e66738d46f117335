package dev.sluice.applier.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private final Origins origins = new Origins(WeightOrder::route);

    private static List<TopicPartition> partition(int number) {
        return List.of(new TopicPartition("rollout.weights", number));
    }

    @Test
    @DisplayName("B35: a route follows the partition of its newest order, and is given up with that one only")
    void followsTheNewestOrder() {
        // given
        var order = TestOrder.of(25);
        origins.read(order.build(), 0);
        origins.read(order.numbered(7).build(), 3);
        origins.read(order.numbered(5).build(), 1);
        origins.read(order.in("other").build(), 0);

        // when / then
        assertThat(origins.of(partition(0))).containsExactly(order.in("other").route());
        assertThat(origins.of(partition(1))).isEmpty();
        assertThat(origins.lost(partition(3))).containsExactly(order.route());
        assertThat(origins.of(partition(3))).isEmpty();
    }

    @Test
    @DisplayName("line 18: a tombstone is harmless, for a route that is known and for one that isn't")
    void forgets() {
        // given
        var order = TestOrder.of(25);
        origins.read(order.build(), 2);

        // when
        origins.forget(order.route());
        origins.forget(order.route());

        // then
        assertThat(origins.lost(partition(2))).isEmpty();
    }
}
