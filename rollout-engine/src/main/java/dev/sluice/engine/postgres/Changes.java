package dev.sluice.engine.postgres;

import dev.sluice.engine.core.State;
import dev.sluice.schemas.message.Audit;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Everything that one transaction writes; {@code store.sql} names its parts as they are named here. */
public record Changes(
        List<Application> applications,
        List<Rollout> rollouts,
        List<Route> routes,
        List<Decision> decisions,
        List<Timer> timersGone,
        List<Timer> timersNew,
        List<Message> outbox) {

    /**
     * @param state without its routes
     * @param degraded how many targets hang in a rollback whose deadline has passed
     */
    public record Application(
            String name, State state, String rollout, String phase, String revision, int degraded, Instant at) {}

    public record Rollout(
            String application,
            String id,
            String revision,
            String phase,
            String actor,
            Instant startedAt,
            Instant endedAt) {}

    public record Route(
            String identity, String object, String application, long generation, String active, boolean promoted) {}

    /** @param n counts an application's decisions, from 1 */
    public record Decision(String application, long n, Audit audit) {}

    public record Timer(String application, String target, String kind, Instant at) {}

    /**
     * A record for the outbox; keys and values in Base64.
     *
     * @param value null for a tombstone
     */
    public record Message(String topic, String key, String value, List<Header> headers) {

        public static Message of(ProducerRecord<byte[], byte[]> record) {
            var headers = StreamSupport.stream(record.headers().spliterator(), false)
                    .map(header -> new Header(header.key(), base64(header.value())))
                    .toList();
            return new Message(record.topic(), base64(record.key()), base64(record.value()), headers);
        }

        private static String base64(byte[] bytes) {
            return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
        }
    }

    /** @param value in Base64 */
    public record Header(String name, String value) {}

    /** Whether it is worth a statement. */
    public boolean isEmpty() {
        return applications.isEmpty() && outbox.isEmpty();
    }
}
