package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.kafka.Inbox.Ends;
import dev.sluice.engine.kafka.Inbox.Outcome;
import dev.sluice.engine.kafka.Inbox.Place;
import dev.sluice.engine.kafka.PartitionBatch;
import dev.sluice.engine.played.Files;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where a partition goes on, and that nobody works off what somebody else has. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class GuardTest {
    private static final String NAME = "rollout.commands";
    private static final AtomicInteger NEXT_PARTITION = new AtomicInteger(1000);

    @Inject
    Inbound inbound;

    @Inject
    Lookup lookup;

    /** A partition that no broker has, so that nobody else reads it. */
    private final TopicPartition partition = new TopicPartition(NAME, NEXT_PARTITION.getAndIncrement());

    @Test
    void b08OfTwoOwnersOneHasNoEffect() {
        // given
        inbound.place(partition, "id", new Ends(0, 2));
        var application = "shop/owners" + partition.partition();
        var mine = batch("id", 0, record(0, Files.command(application, "owned-1", "pause")));
        // the other owner's copy of the record, under an id that no idempotency stops
        var theirs = batch("id", 0, record(0, Files.command(application, "owned-2", "pause")));
        // when
        var first = inbound.handle(mine);
        var second = inbound.handle(theirs);
        // then
        assertThat(first).isEqualTo(new Outcome.Stored(1));
        assertThat(second).isEqualTo(new Outcome.Overtaken());
        assertThat(lookup.decisions(application, 10))
                .extracting(Audit::event)
                .extracting(Audit.EventRef::id)
                .containsExactly("owned-1");
        assertThat(inbound.place(partition, "id", new Ends(0, 2))).isEqualTo(new Place.At(1));
    }

    @Test
    void gapsBetweenOffsetsAreNormal() {
        // given
        inbound.place(partition, "id", new Ends(0, 20));
        var application = "shop/gaps" + partition.partition();
        // when
        var outcome = inbound.handle(batch(
                "id",
                0,
                record(3, Files.command(application, "gap-1", "pause")),
                record(11, Files.command(application, "gap-2", "pause"))));
        // then
        assertThat(outcome).isEqualTo(new Outcome.Stored(12));
        assertThat(lookup.decisions(application, 10)).hasSize(2);
    }

    @Test
    void aTopicMadeAnewIsReadFromItsBeginning() {
        // given
        inbound.place(partition, "old", new Ends(7, 9));
        // when
        var place = inbound.place(partition, "new", new Ends(0, 3));
        // then
        assertThat(place).isEqualTo(new Place.At(0));
        assertThat(inbound.handle(batch("old", 7, record(7, Files.command("shop/old", "old-1", "pause")))))
                .isEqualTo(new Outcome.Overtaken());
    }

    @Test
    void recordsThatAreGoneAreSkippedToTheLogsStart() {
        // given
        inbound.place(partition, "id", new Ends(0, 3));
        // when / then
        assertThat(inbound.place(partition, "id", new Ends(5, 9))).isEqualTo(new Place.At(5));
    }

    @Test
    void aLogThatEndsBeforeWhatWasReadStopsTheEngine() {
        // given
        inbound.place(partition, "id", new Ends(8, 9));
        // when / then
        assertThat(inbound.place(partition, "id", new Ends(0, 3))).isInstanceOf(Place.Nowhere.class);
    }

    private PartitionBatch batch(String topicId, long expected, ConsumerRecord<?, ?>... records) {
        @SuppressWarnings("unchecked")
        var read = List.of((ConsumerRecord<byte[], byte[]>[]) records);
        return new PartitionBatch(Topic.COMMANDS, partition, topicId, expected, read);
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>(NAME, partition.partition(), offset, null, value.getBytes(StandardCharsets.UTF_8));
    }
}
