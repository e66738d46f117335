package dev.sluice.applier.shell;

import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.core.Traits;
import dev.sluice.applier.core.Watching;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.Lineage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** One route that another tool decides about. What is told of it is told in the order in which it was seen. */
final class Observer {
    private final WeightOrder order;
    private final Traits traits;
    private final Lineage lineage;
    private final Consumer<Told> reports;
    private Watching watching;
    private boolean closed;

    record Told(WeightReport report, Lineage lineage) {}

    /** @param reports must not block */
    Observer(WeightOrder order, Traits traits, Lineage lineage, Consumer<Told> reports) {
        this.order = order;
        this.watching = Watching.of(order);
        this.traits = traits;
        this.lineage = lineage;
        this.reports = reports;
    }

    WeightOrder order() {
        return order;
    }

    /** The same order was read again. */
    synchronized void again() {
        watching = watching.again();
    }

    /** Whatever comes later says nothing any more. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void seen(Sight sight, Instant at) {
        var report = watching.report(sight, traits, at);
        watching = watching.seeing(sight);
        tell(report);
    }

    synchronized void looked(Event event) {
        switch (event) {
            case Event.Looked looked -> seen(looked.sight(), looked.at());
            case Event.LookFailed failed ->
                tell(watching.unseen(failed.failure().reason(), failed.at()));
            default -> throw new IllegalStateException("a look is answered by " + event);
        }
    }

    private void tell(Optional<WeightReport> report) {
        if (!closed && report.isPresent()) {
            watching = watching.telling(report.get());
            reports.accept(new Told(report.get(), lineage));
        }
    }
}
