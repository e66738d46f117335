package dev.sluice.notifier.kafka;

import dev.sluice.notifier.delivery.Lanes;
import dev.sluice.notifier.ledger.Books;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Opens the ledger's books of the partitions that come, and closes those of partitions that go. */
@ApplicationScoped
@Identifier(StatusChannel.NAME)
class StatusConsumer implements KafkaConsumerRebalanceListener {
    private final Books books;
    private final Lanes lanes;

    StatusConsumer(Books books, Lanes lanes) {
        this.books = books;
        this.lanes = lanes;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        books.open(numbers(partitions), book -> lanes.put(book, book.open()));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        books.close(numbers(partitions));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        books.close(numbers(partitions));
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }
}
