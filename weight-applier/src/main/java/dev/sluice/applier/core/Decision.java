package dev.sluice.applier.core;

import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** A fact that a route's state takes up; {@link Effect}s are also carried out. */
public sealed interface Decision {

    /** Something to do outside; the answer comes back as an {@link Event}. */
    sealed interface Effect extends Decision {}

    /** Something to ask of the API server; one at a time per route. */
    sealed interface Call extends Effect {
        WeightOrder order();
    }

    /** The route's newest order. */
    record Accepted(WeightOrder order, Traits traits) implements Decision {}

    /** The newest order came again: whoever sent it wants to hear where it stands. */
    record Asked() implements Decision {}

    /** Nothing newer can come from the order log's past any more. */
    record LogRead() implements Decision {}

    record Forgotten() implements Decision {}

    record Observed(Sight sight) implements Decision {}

    /** A watch showed endpoints. */
    record Counted(Map<String, EndpointCount> endpoints) implements Decision {}

    /**
     * The Services were looked at.
     *
     * @param missing those that don't exist, by name
     * @param blind why some could not be counted; null where all could
     * @param running by backend, of those whose workloads are known by name
     */
    record LookedAt(
            Map<String, EndpointCount> endpoints,
            Set<String> missing,
            String blind,
            Map<String, Running> running,
            Instant at)
            implements Decision {}

    /** The object was put back once more. */
    record Mended(Instant at) implements Decision {}

    /**
     * The call under way was answered.
     *
     * @param attempt failed calls in a row, this one included
     */
    record Answered(int attempt) implements Decision {}

    /** The wait before another try is over. */
    record Rested() implements Decision {}

    /**
     * Reads the object and the ready endpoints of the order's backends.
     *
     * @param fresh whether only the API server's own answer will do, and nothing that a watch showed before
     */
    record Look(WeightOrder order, boolean fresh) implements Call {}

    /** @param repair whether it puts back an object that somebody deleted */
    record Create(Placement placement, boolean repair) implements Call {
        @Override
        public WeightOrder order() {
            return placement.order();
        }
    }

    /**
     * @param seen the object that it was decided on
     * @param repair whether it puts back what somebody changed
     */
    record Update(RoutingObject seen, Placement placement, boolean repair) implements Call {
        @Override
        public WeightOrder order() {
            return placement.order();
        }

        public String resourceVersion() {
            return seen.resourceVersion();
        }
    }

    record Remove(String uid, String resourceVersion, WeightOrder order) implements Call {}

    /**
     * @param id the same for the same fact, also when it is told again after a crash
     * @param standing whether it says where the order stands, and so need not be said twice in a row
     */
    record Report(WeightReport report, String id, boolean standing) implements Effect {}

    /** Tries again at {@code at}; {@code attempt} counts from 1. */
    record Retry(Instant at, int attempt, String reason) implements Effect {}

    /** What is written waits for the mesh's own word: a wake-up at {@code until}, where nothing is said before. */
    record AwaitConfirmation(Instant until) implements Effect {}

    /** The mesh has said nothing for long enough. */
    record Unconfirmed() implements Decision {}

    /** Nothing follows from the event. */
    record Ignored(String reason) implements Decision {}
}
