package dev.sluice.triggers.kafka;

import dev.sluice.schemas.Topic;
import dev.sluice.triggers.config.TriggersConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Statuses are read from the beginning of their topic, answers as far back as the settings say; by every instance, for itself. */
@ApplicationScoped
@Identifier("triggers")
class Beginnings implements ClientCustomizer<Map<String, Object>>, KafkaConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(Beginnings.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);
    private static final String STATUSES = "status";

    private final Reach reach;
    private final KafkaClientService clients;
    private final String answers;
    private final Instant readFrom;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Beginnings(Reach reach, KafkaClientService clients, TriggersConfig config) {
        this.reach = reach;
        this.clients = clients;
        this.answers = Topic.AUDIT.name(config.topics().prefix());
        this.readFrom = Instant.now().minus(config.triggers().reachBack());
    }

    @Override
    public Map<String, Object> customize(String channel, Config ignored, Map<String, Object> client) {
        if (channel.equals(STATUSES)) {
            client.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(PollWatch.class));
            client.put(PollWatch.REACH, reach);
        }
        return client;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.stream().anyMatch(partition -> partition.topic().equals(answers))) {
            placeByTime(consumer, partitions);
        } else {
            consumer.seekToBeginning(partitions);
            reach.begins(consumer.endOffsets(partitions));
        }
    }

    private void placeByTime(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, readFrom.toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(Set.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("sluice-reach").start(this::look);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void look() {
        try {
            while (!reach.isThere() && !stopped.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                lookOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce() {
        try {
            clients.<byte[], byte[]>getConsumer(STATUSES)
                    .runOnPollingThread(consumer -> {
                        reach.look(consumer);
                        return null;
                    })
                    .await()
                    .atMost(LOOK_LIMIT);
        } catch (RuntimeException e) {
            LOG.debugf(e, "cannot tell how far statuses have been read");
        }
    }
}
