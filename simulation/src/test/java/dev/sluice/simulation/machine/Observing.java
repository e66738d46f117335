package dev.sluice.simulation.machine;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.core.Traits;
import dev.sluice.applier.core.Watching;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.bus.Log;
import java.util.Optional;
import java.util.TreeMap;

/** An applier's routes that another tool decides about: the real rules, on looks and watches that fail like all others. */
final class Observing {
    private static final long LOOK_MILLIS = 30_000;

    private final ApplierMachine machine;
    private final Bus bus;
    private final TreeMap<String, Observed> observed = new TreeMap<>();
    private ClusterCalls calls;

    private static final class Observed {
        private final Log log;
        private final Traits traits;
        private Watching watching;

        private Observed(WeightOrder order, Log log, Traits traits) {
            this.watching = Watching.of(order);
            this.log = log;
            this.traits = traits;
        }
    }

    Observing(ApplierMachine machine, Bus bus) {
        this.machine = machine;
        this.bus = bus;
    }

    /** A new process knows nothing. */
    void started(ClusterCalls fresh) {
        observed.clear();
        calls = fresh;
    }

    void lost(Log partition) {
        observed.values().removeIf(one -> one.log == partition);
    }

    void order(WeightOrder order, Log partition, Traits traits) {
        var known = observed.get(key(order));
        if (known != null && order.fence().isBelow(known.watching.order().fence())) {
            return;
        }
        var fresh = new Observed(order, partition, traits);
        observed.put(key(order), fresh);
        look(fresh);
    }

    /** @return whether the key is of one of these */
    boolean forget(String key) {
        observed.remove(key);
        return Keys.isObserved(key);
    }

    private static String key(WeightOrder order) {
        return Keys.observed(order.application(), order.route());
    }

    private void look(Observed one) {
        var order = one.watching.order();
        if (!machine.isUp() || observed.get(key(order)) != one) {
            return;
        }
        calls.carryOut(new Decision.Look(order, true), answer -> {
            switch (answer) {
                case Event.Looked looked -> seen(one, looked.sight());
                case Event.LookFailed failed ->
                    tell(one, one.watching.unseen(failed.failure().reason(), failed.at()));
                default -> throw new IllegalStateException("a look is answered by " + answer);
            }
        });
        machine.later(LOOK_MILLIS, () -> look(one));
    }

    void objectChanged(ObjectRef ref, Document document) {
        for (var one : observed.values().toArray(Observed[]::new)) {
            calls.sightings()
                    .see(one.watching.order(), ref.kind(), ref.namespace(), ref.name(), document)
                    .ifPresent(sight -> seen(one, sight));
        }
    }

    private void seen(Observed one, Sight sight) {
        var report = one.watching.report(sight, one.traits, machine.clock());
        one.watching = one.watching.seeing(sight);
        tell(one, report);
    }

    private void tell(Observed one, Optional<WeightReport> report) {
        if (report.isPresent() && observed.get(key(one.watching.order())) == one && machine.survives()) {
            one.watching = one.watching.telling(report.get());
            bus.send(Topic.WEIGHT_REPORTS, report.get().application(), report.get());
        }
    }
}
