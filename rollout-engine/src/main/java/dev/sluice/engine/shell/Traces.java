package dev.sluice.engine.shell;

import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.telemetry.Arrival;
import dev.sluice.telemetry.Hop;
import dev.sluice.telemetry.Tracing;
import java.util.IdentityHashMap;

/** The traces that one transaction is a part of: one of each message, and of what happens here once it leads to something. */
final class Traces implements AutoCloseable {
    private final Tracing tracing;
    private final IdentityHashMap<Incoming, Hop> hops = new IdentityHashMap<>();
    private final Hop transaction;

    private Traces(Tracing tracing, Work work) {
        this.tracing = tracing;
        for (var incoming : work.incoming()) {
            if (incoming.arrival().topic() != null) {
                hops.put(incoming, begin(incoming, incoming.arrival()));
            }
        }
        this.transaction = tracing.together("transaction", hops.values());
    }

    static Traces begin(Tracing tracing, Work work) {
        return new Traces(tracing, work);
    }

    /** A rollout that the event starts remembers where it began. */
    Event begun(Incoming incoming, Event event) {
        return event instanceof Event.CommandReceived command && hops.get(incoming) != null
                ? command.begunAt(hops.get(incoming).lineage().origin())
                : event;
    }

    /**
     * Of what the event led to.
     *
     * @param state of its application; whatever carries no trace of its own belongs to that of its rollout
     */
    Lineage after(Incoming incoming, State state) {
        var origin = state.rollout() == null ? null : state.rollout().origin().trace();
        return hops.computeIfAbsent(
                        incoming, happened -> begin(happened, happened.arrival().begunAt(origin)))
                .lineage()
                .begunAt(origin);
    }

    private Hop begin(Incoming incoming, Arrival arrival) {
        return tracing.process(arrival).about("application", incoming.application());
    }

    void failed(RuntimeException e) {
        var reason = Reasons.of(e);
        transaction.failed(reason);
        hops.values().forEach(hop -> hop.failed(reason));
    }

    @Override
    public void close() {
        transaction.close();
        hops.values().forEach(Hop::close);
    }
}
