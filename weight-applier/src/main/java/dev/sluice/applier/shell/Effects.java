package dev.sluice.applier.shell;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Urgency;
import dev.sluice.schemas.wire.Lineage;
import java.time.Instant;
import java.util.function.Consumer;

/** Where a route's decisions go: the cluster and Kafka, or a simulation of both. Nothing here blocks its caller. */
public interface Effects {
    /**
     * Asks the API server beside whatever else goes on; the answer comes back once, also when the call breaks off. Before
     * it {@link Event.Held} may come, any number of times.
     *
     * @param lineage of the order that is carried out; {@link Lineage#NONE} where none is under way
     */
    Asked call(Decision.Call call, Urgency urgency, Lineage lineage, Consumer<Event> answer);

    /** A call that was asked for. */
    interface Asked {
        /** Not made, if it still waits for its turn: then no answer will come. */
        boolean withdraw();
    }

    /** @param lineage of the order that it answers */
    void report(Decision.Report report, Lineage lineage);

    void wake(Instant at, Runnable call);

    void count(Decision decision);

    /** The route's object is nobody's business of ours any more. */
    void released(String route);

    /** The route is not served here any more: nothing of it need be kept. */
    void forgotten(String route);
}
