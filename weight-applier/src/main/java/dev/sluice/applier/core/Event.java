package dev.sluice.applier.core;

import dev.sluice.schemas.message.WeightOrder;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Something that happened to one route. */
public sealed interface Event {
    Instant at();

    /** An order from the log, in any order, any number of times. */
    record OrderRead(WeightOrder order, Traits traits, Instant at) implements Event {}

    /** Time for another look, whatever the watches say: one that fell silent says nothing (B49). */
    record Reminded(Instant at) implements Event {}

    /** The order log has been read to the ends seen at assignment. */
    record LogRead(Instant at) implements Event {}

    /** The route's tombstone. */
    record OrderForgotten(Instant at) implements Event {}

    /** A watch showed the object, or ({@link Sight.Absent}) that it was deleted. */
    record ObjectSeen(Sight sight, Instant at) implements Event {}

    /** A watch showed endpoints, by backend. */
    record EndpointsSeen(Map<String, EndpointCount> endpoints, Instant at) implements Event {}

    /**
     * The answer to a {@link Decision.Look}.
     *
     * @param endpoints lacks the backends that couldn't be seen
     * @param missing the Services, root or backends, that certainly don't exist
     * @param blind why backends couldn't be seen, for people; null where all could
     * @param running what runs behind the backends whose workloads the order names
     */
    record Looked(
            Sight sight,
            Map<String, EndpointCount> endpoints,
            Set<String> missing,
            String blind,
            Map<String, Running> running,
            Instant at)
            implements Event {
        public Looked {
            missing = Set.copyOf(missing);
            running = Map.copyOf(running);
        }

        public Looked(
                Sight sight, Map<String, EndpointCount> endpoints, Set<String> missing, String blind, Instant at) {
            this(sight, endpoints, missing, blind, Map.of(), at);
        }

        public Looked(Sight sight, Map<String, EndpointCount> endpoints, Set<String> missing, Instant at) {
            this(sight, endpoints, missing, null, Map.of(), at);
        }
    }

    record LookFailed(Failure failure, Instant at) implements Event {}

    /** The write that was under way is done; {@code sight} is what the server answered. */
    record WriteSucceeded(Sight sight, Instant at) implements Event {}

    record WriteFailed(Failure failure, Instant at) implements Event {}

    /** The call under way still waited for its turn and is not made: a newer order asks for another. */
    record Withdrawn(Instant at) implements Event {}

    /**
     * The call under way waits until the API server answers anybody again.
     *
     * @param reason why it doesn't, for people
     */
    record Held(String reason, Instant at) implements Event {}

    /** The wait of the {@link Decision.Retry} or {@link Decision.AwaitConfirmation} for {@code due} is over, whatever the clock says: clocks are set back. */
    record TimeReached(Instant due, Instant at) implements Event {}
}
