package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.kafka.Inbox.Ends;
import dev.sluice.engine.kafka.Inbox.Outcome;
import dev.sluice.engine.kafka.PartitionBatch;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.History;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What people think of rollouts that are over, kept beside the history of all of them. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class AssessmentsTest {
    private static final String NAME = Topic.COMMANDS.name(Topic.DEFAULT_PREFIX);

    @Inject
    Inbound inbound;

    @Inject
    Lookup lookup;

    @Inject
    Database database;

    private final TopicPartition partition = new TopicPartition(NAME, 6590);

    @Test
    void keepsTheLastWordOnARolloutOfLongAgo() {
        // given
        var application = "assessed/shop";
        past(application, "r-1", "RolledBack");
        past(application, "r-2", "Promoted");

        // when
        commands(
                assess(application, "a-1", "r-1", "wrong"),
                assess(application, "a-2", "r-1", "right"),
                assess(application, "a-1", "r-1", "wrong"),
                assess(application, "a-3", "r-9", "wrong"));

        // then
        var history = lookup.history(application, Instant.now(), 10);
        assertThat(history)
                .filteredOn(entry -> entry.rollout().equals("r-1"))
                .singleElement()
                .extracting(History.Entry::assessment)
                .returns("right", History.Assessed::ending)
                .returns("alice", History.Assessed::actor)
                .returns("looked at it", History.Assessed::reason);
        assertThat(history)
                .filteredOn(entry -> entry.rollout().equals("r-2"))
                .extracting(History.Entry::assessment)
                .containsOnlyNulls();
        assertThat(lookup.decisions(application, 10).reversed())
                .extracting(Audit::decision)
                .containsExactly("Assessed", "Assessed", "Ignored", "Rejected");
    }

    private void past(String application, String rollout, String phase) {
        database.alone(session -> session.createNativeQuery("""
            insert into rollout (application, id, phase, started_at, ended_at)
            values ('%s', '%s', '%s', now() - interval '300 days', now() - interval '299 days')
            """.formatted(application, rollout, phase))
                .executeUpdate());
    }

    private static String assess(String application, String id, String rollout, String ending) {
        return """
            {"id": "%s", "type": "assess", "application": "%s", "actor": "alice", "reason": "looked at it",
             "assessment": {"rollout": "%s", "ending": "%s"}}\
            """.formatted(id, application, rollout, ending);
    }

    private void commands(String... values) {
        inbound.place(partition, "id", new Ends(0, 1000));
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (var value : values) {
            records.add(new ConsumerRecord<>(
                    NAME, partition.partition(), records.size(), null, value.getBytes(StandardCharsets.UTF_8)));
        }
        var batch = new PartitionBatch(Topic.COMMANDS, partition, "id", 0, List.copyOf(records));
        assertThat(inbound.handle(batch)).isInstanceOf(Outcome.Stored.class);
    }
}
