package dev.sluice.engine.postgres;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.schemas.message.Audit;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Everything that one transaction writes; {@code store.sql} names its parts as they are named here.
 *
 * @param lifted when something ended that others may wait for, who are told the time then; null: nothing did
 * @param lane the topic of which the {@link Store} tells whether other messages wait
 */
public record Changes(
        List<Application> applications,
        List<Rollout> rollouts,
        List<Assessment> assessments,
        List<Route> routes,
        List<Told> told,
        List<Decision> decisions,
        List<Timer> timersGone,
        List<Timer> timersNew,
        Instant lifted,
        List<Message> outbox,
        Webhooks webhooks,
        String lane,
        Guard guard) {

    /**
     * What must still be so when the rest is stored; where it isn't, nothing is. Empty for a transaction that holds locks.
     *
     * @param advance the partition's progress: one or none
     * @param unchanged applications that were read and stay as they are
     * @param surrounding applications whose states the decisions depend on, and which nobody else has to leave alone for that
     * @param commandIds that nobody may have remembered before
     * @param woken applications that were told the time: wake-ups of theirs that have come are over, but for new ones
     * @param at now; null where there is nothing to guard
     */
    public record Guard(
            List<Consumed.Advance> advance,
            List<Version> unchanged,
            List<Version> surrounding,
            Collection<CommandIds.CommandId> commandIds,
            Collection<String> woken,
            Instant at) {
        public static final Guard NONE = new Guard(List.of(), List.of(), List.of(), List.of(), List.of(), null);
    }

    /** @param version as {@link Unlocked} read it */
    public record Version(String name, String version) {}

    /**
     * @param version as it was read, where the row isn't locked; else null
     * @param state JSON
     * @param plan JSON; null where the row has it already
     * @param degraded how many targets hang in a rollback whose deadline has passed
     */
    public record Application(
            String name,
            String version,
            @JsonRawValue String state,
            int format,
            String planId,
            @JsonRawValue String plan,
            String rollout,
            String phase,
            String revision,
            int degraded,
            Instant at) {}

    public record Rollout(
            String application,
            String id,
            String revision,
            String phase,
            String actor,
            Instant startedAt,
            Instant endedAt,
            @JsonRawValue String past) {}

    /** The last word on a rollout that is over. */
    public record Assessment(
            String application, String rollout, String ending, String actor, String reason, Instant at) {}

    public record Route(
            String identity,
            String object,
            String application,
            long generation,
            String active,
            boolean promoted,
            Instant releasedAt) {}

    /**
     * A target's status was told, and it matters to whoever takes it off its topic again.
     *
     * @param overAt since when it is the last one; null where it is none, or is off its topic already
     */
    public record Told(String application, String target, Instant overAt) {}

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

    /**
     * @param calls to be made
     * @param answered ids of calls whose answers this transaction took up
     */
    public record Webhooks(List<Call> calls, List<String> answered, List<Callback> callbacks) {
        public static final Webhooks NONE = new Webhooks(List.of(), List.of(), List.of());
    }

    /**
     * A call to be made.
     *
     * @param host for calls to one host to leave room for others
     */
    public record Call(
            String id, String application, String target, String host, long timeoutMillis, WebhookCall call) {}

    /**
     * The first callback of a call.
     *
     * @param taken whether the call waited for it
     */
    public record Callback(String call, boolean taken, String words, Instant at) {}

    /** @param value in Base64 */
    public record Header(String name, String value) {}

    /** Whether it is worth a statement. */
    boolean isEmpty() {
        return applications.isEmpty() && outbox.isEmpty() && webhooks.equals(Webhooks.NONE) && guard.equals(Guard.NONE);
    }
}
