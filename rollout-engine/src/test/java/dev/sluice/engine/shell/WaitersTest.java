package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.kafka.Inbox.Ends;
import dev.sluice.engine.kafka.Inbox.Outcome;
import dev.sluice.engine.kafka.PartitionBatch;
import dev.sluice.engine.played.Files;
import dev.sluice.engine.postgres.Database;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any number of clients may wait: each hears of its own command, and none keeps those waiting who decide. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class WaitersTest {
    private static final String NAME = Topic.COMMANDS.name(Topic.DEFAULT_PREFIX);
    private static final int MANY = 1000;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Inject
    Inbound inbound;

    @Inject
    Lookup lookup;

    @Inject
    Waiters waiters;

    @Inject
    Database database;

    private final TopicPartition partition = new TopicPartition(NAME, 8888);
    private long offset;

    @BeforeEach
    void begin() {
        run("delete from consumed where partition = 8888");
        inbound.place(partition, "id", new Ends(0, 1000));
    }

    @AfterEach
    void end() {
        run("drop table if exists decision_20010204");
    }

    @Test
    void decidingGoesOnWhileAThousandWaitForSlowAnswers() throws Exception {
        // given
        run("select decision_day('2001-02-04')");
        try (var another = DriverManager.getConnection(url, user, password);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            another.setAutoCommit(false);
            another.createStatement().execute("lock table decision_20010204 in access exclusive mode");
            var asked = new ArrayList<Future<List<Audit>>>();
            for (int i = 0; i < MANY; i++) {
                var id = "slow-" + i;
                asked.add(clients.submit(() -> lookup.outcome("waiting/app", id, Duration.ZERO)));
            }
            await().atMost(LONGEST)
                    .until(() -> number(
                                    "select count(*) from pg_stat_activity where application_name = 'sluice-waiting' and wait_event_type = 'Lock'")
                            > 0);

            // when
            for (int i = 0; i < 5; i++) {
                command("waiting/decided-" + i, "decided-" + i);
            }

            // then
            assertThat(number("select count(*) from pg_stat_activity where application_name = 'sluice-waiting'"))
                    .isBetween(1L, 4L);
            assertThat(asked).noneMatch(Future::isDone);
            another.rollback();
            for (var one : asked) {
                assertThat(one.get()).isEmpty();
            }
        }
    }

    @Test
    void eachHearsOfItsOwnCommand() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            // given
            var mine = clients.submit(() -> lookup.outcome("waiting/app", "mine", LONGEST));
            var another = clients.submit(() -> lookup.outcome("waiting/app", "another", LONGEST));
            await().atMost(LONGEST).until(() -> waiters.count() == 2);

            // when
            command("waiting/app", "mine");

            // then
            assertThat(mine.get())
                    .singleElement()
                    .satisfies(audit -> assertThat(audit.event().id()).isEqualTo("mine"));
            assertThat(another.isDone()).isFalse();
            command("waiting/app", "another");
            assertThat(another.get()).hasSize(1);
            assertThat(waiters.count()).isZero();
        }
    }

    @Test
    void whatAnotherInstanceDecidesIsHeardOfToo() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            // given
            var waiting = clients.submit(() -> lookup.outcome("waiting/elsewhere", "there", LONGEST));
            await().atMost(LONGEST).until(() -> waiters.count() == 1);

            // when
            run("""
                    insert into decision (application, n, audit_id, decision, event_type, event_id, errors, decided_at)
                    values ('waiting/elsewhere', 1, 'waiting/elsewhere/1', 'Rejected', 'abort', 'there', '[]', now())""");

            // then
            assertThat(waiting.get()).hasSize(1);
        }
    }

    private void command(String application, String id) {
        var value = Files.command(application, id, "abort").getBytes(StandardCharsets.UTF_8);
        var record = new ConsumerRecord<byte[], byte[]>(NAME, partition.partition(), offset, null, value);
        var batch = new PartitionBatch(Topic.COMMANDS, partition, "id", offset, List.of(record));
        assertThat(inbound.handle(batch)).isInstanceOf(Outcome.Stored.class);
        offset++;
    }

    private void run(String sql) {
        database.alone(session -> session.createNativeQuery(sql).executeUpdate());
    }

    private long number(String sql) {
        return database.alone(
                session -> session.createNativeQuery(sql, Long.class).getSingleResult());
    }
}
