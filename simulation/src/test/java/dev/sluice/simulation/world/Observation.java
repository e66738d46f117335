package dev.sluice.simulation.world;

import dev.sluice.applier.core.Routed;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.schemas.Topic;
import dev.sluice.simulation.cluster.Split;
import dev.sluice.simulation.manifest.Site;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/** What can be seen from outside: the only thing that invariants know of a run. */
public sealed interface Observation {

    /** A record stands on a topic; {@code message} is null for a tombstone. */
    record Appended(Topic topic, int partition, long offset, String key, Object message, Instant at)
            implements Observation {

        /** What a message says follows from what the trace counts elsewhere; where it stands does not. */
        @Override
        public int hashCode() {
            return Objects.hash(topic, partition, offset, key);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Appended that
                    && topic == that.topic
                    && partition == that.partition
                    && offset == that.offset
                    && Objects.equals(key, that.key)
                    && Objects.equals(message, that.message);
        }
    }

    /**
     * An engine committed what follows from one event.
     *
     * @param decisions one event may end one rollout and begin another
     * @param states before each decision, and after all of them
     * @param source {@code topic/partition/offset} of the record that was taken up; null for a wake-up
     */
    record Committed(String application, Event event, List<Decision> decisions, List<State> states, String source)
            implements Observation {

        public State before() {
            return states.getFirst();
        }

        public State after() {
            return states.getLast();
        }

        /** Each decision with the state that it changed. */
        public void each(BiConsumer<State, Decision> then) {
            for (var i = 0; i < decisions.size(); i++) {
                then.accept(states.get(i), decisions.get(i));
            }
        }

        /** Everything else follows from these, and the trace counts them all. */
        @Override
        public int hashCode() {
            return Objects.hash(application, event, decisions, source);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Committed that
                    && Objects.equals(source, that.source)
                    && event.equals(that.event)
                    && decisions.equals(that.decisions)
                    && application.equals(that.application);
        }

        /** The states are too long to be read. */
        @Override
        public String toString() {
            return "Committed %s from %s: %s -> %s".formatted(application, source, event, decisions);
        }
    }

    /** Publications were committed to the outbox. */
    record Promised(List<String> ids, Instant at) implements Observation {}

    /** The database came back older than the rest of the world. */
    record Restored() implements Observation {}

    /** The gates of this run have room for less than what is sent. */
    record RoomIsScarce() implements Observation {}

    /** A route's main object changed; {@code before} or {@code after} is null where it was or is not there. */
    record Written(String route, Split before, Split after, boolean byHand, Instant at) implements Observation {}

    /**
     * Sluice carried out one write for a route.
     *
     * @param ref which of the route's objects
     */
    record Stored(Site site, String route, ObjectRef ref, Document before, Document after) implements Observation {

        /** What it says is counted where it is read. */
        @Override
        public int hashCode() {
            return Objects.hash(route, ref.name());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Stored that
                    && route.equals(that.route)
                    && ref.equals(that.ref)
                    && Objects.equals(before, that.before)
                    && Objects.equals(after, that.after);
        }
    }

    /**
     * An applier read a route's objects.
     *
     * @param read what its mesh makes of them; null where the main one isn't there
     * @param felt what they do
     */
    record Read(String route, Routed read, Split felt) implements Observation {}

    /** A webhook's call arrived at whoever is called. */
    record Called(WebhookCall call, Instant at) implements Observation {

        /** What is asked for follows from what the trace counts elsewhere. */
        @Override
        public int hashCode() {
            return call.id().hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Called that && call.equals(that.call) && at.equals(that.at);
        }
    }

    /** Whoever was called answered that it went well, whether anybody listened or not. */
    record AnsweredWell(String call) implements Observation {}

    /** Whoever was called says how it went, by the token that came with the call. */
    record CalledBack(String call, boolean success) implements Observation {}

    /** The number of ready endpoints behind a backend changed. */
    record EndpointsChanged(String cluster, String backend, int ready, Instant at) implements Observation {}
}
