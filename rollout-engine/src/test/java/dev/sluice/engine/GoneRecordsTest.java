package dev.sluice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Offsets that the log no longer has, while the engine reads. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class GoneRecordsTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topic.COMMANDS.name(Topic.DEFAULT_PREFIX), 0);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void whatIsDeletedBeforeItIsReadHoldsUpNeitherItsPartitionNorAnother() throws Exception {
        try (var world = new World(bootstrapServers);
                var admin = Admin.create(
                        Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
                var stranger = stranger()) {
            // given: nothing behind an open transaction is read as committed
            stranger.initTransactions();
            stranger.beginTransaction();
            stranger.send(new ProducerRecord<>(
                            PARTITION.topic(),
                            PARTITION.partition(),
                            null,
                            pause("shop/else", "else-1").getBytes(UTF_8)))
                    .get();
            send(world, PARTITION.partition(), "gone");

            // when
            admin.deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();

            // then
            send(world, 1, "elsewhere");
            world.awaitDecisions("shop/elsewhere", "elsewhere");
            stranger.abortTransaction();
            send(world, PARTITION.partition(), "gone-later");
            world.awaitDecisions("shop/gone-later", "gone-later");
            assertThat(world.decisions("shop/gone", "gone")).isEmpty();
        }
    }

    private static void send(World world, int partition, String id) {
        var application = "shop/" + id;
        world.wire.send(Topic.COMMANDS, partition, application, pause(application, id));
    }

    private static String pause(String application, String id) {
        return Files.command(application, id, "pause");
    }

    private KafkaProducer<byte[], byte[]> stranger() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "a-stranger-that-stays"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
