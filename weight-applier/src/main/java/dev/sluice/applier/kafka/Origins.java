package dev.sluice.applier.kafka;

import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partition each route's newest order came from. A route follows that one when partitions move, wherever its
 * earlier orders are: clients hash keys differently.
 */
final class Origins {
    private final Map<String, Origin> newest = new HashMap<>();

    private record Origin(Fence fence, int partition) {}

    void read(WeightOrder order, int partition) {
        newest.merge(
                order.route(),
                new Origin(order.fence(), partition),
                (known, next) -> next.fence().isBelow(known.fence()) ? known : next);
    }

    void forget(String route) {
        newest.remove(route);
    }

    /** The routes whose newest order came from there. */
    List<String> of(Collection<TopicPartition> partitions) {
        Set<Integer> numbers =
                partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        return newest.entrySet().stream()
                .filter(entry -> numbers.contains(entry.getValue().partition()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The routes whose newest order was there; they are forgotten. */
    List<String> lost(Collection<TopicPartition> partitions) {
        var routes = of(partitions);
        routes.forEach(newest::remove);
        return routes;
    }
}
