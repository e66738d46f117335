package dev.sluice.applier.kafka;

import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partition each route's newest order came from. A route follows that one when partitions move, wherever its
 * earlier orders are: clients hash keys differently. What partitions cost is what they hold.
 */
final class Origins {
    private final Function<WeightOrder, String> key;
    private final Map<String, Origin> newest = new HashMap<>();
    private final Map<Integer, Set<String>> routes = new HashMap<>();

    private record Origin(Fence fence, int partition) {}

    /** @param key by which later orders of a route take the place of earlier ones */
    Origins(Function<WeightOrder, String> key) {
        this.key = key;
    }

    void read(WeightOrder order, int partition) {
        var route = key.apply(order);
        var known = newest.get(route);
        if (known == null || !order.fence().isBelow(known.fence())) {
            forget(route);
            newest.put(route, new Origin(new Fence(order.generation(), order.sequence()), partition));
            routes.computeIfAbsent(partition, fresh -> new HashSet<>()).add(route);
        }
    }

    void forget(String route) {
        var known = newest.remove(route);
        if (known != null) {
            routes.computeIfPresent(
                    known.partition(), (partition, held) -> held.remove(route) && held.isEmpty() ? null : held);
        }
    }

    /** The routes whose newest order came from there. */
    List<String> of(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .flatMap(partition -> routes.getOrDefault(partition.partition(), Set.of()).stream())
                .toList();
    }

    /** The routes whose newest order was there; they are forgotten. */
    List<String> lost(Collection<TopicPartition> partitions) {
        var lost = of(partitions);
        lost.forEach(this::forget);
        return lost;
    }
}
