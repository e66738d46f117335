package dev.sluice.simulation.machine;

import dev.sluice.engine.core.Publication;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.machine.Parts.Omission;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Publishes the outbox in order, one relay at a time: by a lease, and by the broker's fence against those who lost it. */
final class Relay {
    private static final int BATCH = 20;

    private final Machine machine;
    private final Database database;
    private final Bus bus;
    private final Parts parts;
    private boolean hasProducer;
    private boolean isWoken;
    private long epoch;

    Relay(Machine machine, Database database, Bus bus, Parts parts) {
        this.machine = machine;
        this.database = database;
        this.bus = bus;
        this.parts = parts;
    }

    void started() {
        hasProducer = false;
        isWoken = false;
        wake();
    }

    void wake() {
        if (!isWoken && !database.outbox().isEmpty()) {
            isWoken = true;
            machine.later(machine.world().chance().between(1, 5), this::read);
        }
    }

    private void read() {
        isWoken = false;
        var held = database.holdsLease(machine.name(), machine.world().now());
        if (!database.lease(machine.name(), machine.world().now())) {
            hasProducer = false;
            if (!database.outbox().isEmpty()) {
                isWoken = true;
                machine.later(1000, this::read);
            }
            return;
        }
        if (!held || !hasProducer) {
            epoch = bus.initTransactions();
            hasProducer = true;
        }
        var rows = new TreeMap<Long, Publication>();
        database.outbox().entrySet().stream().limit(BATCH).forEach(row -> rows.put(row.getKey(), row.getValue()));
        if (!rows.isEmpty()) {
            isWoken = true;
            machine.later(machine.faults().pauseMillis(), () -> send(rows));
        }
    }

    private void send(NavigableMap<Long, Publication> rows) {
        isWoken = false;
        if (parts.omit(Omission.SENT_BEFORE_DELETED)) {
            rows.keySet().forEach(database.outbox()::remove);
        }
        if (!machine.survives()) {
            return;
        }
        if (bus.isFenced(epoch) && !parts.omit(Omission.FENCED_RELAY)) {
            machine.world().note(machine.name(), "relay fenced", null);
            hasProducer = false;
            wake();
            return;
        }
        if (machine.faults().failsNow()) {
            wake();
            return;
        }
        // orders in a transaction of their own, and first
        rows.values().stream().filter(Relay::isOrder).forEach(this::append);
        if (!machine.survives()) {
            return;
        }
        rows.values().stream().filter(row -> !isOrder(row)).forEach(this::append);
        if (machine.survives()) {
            isWoken = true;
            machine.later(machine.world().chance().between(1, 5), () -> delete(rows));
        }
    }

    private void delete(NavigableMap<Long, Publication> rows) {
        isWoken = false;
        rows.keySet().forEach(database.outbox()::remove);
        var settled = rows.values().stream().flatMap(Relay::id).toList();
        machine.world().note(machine.name(), "has sent", settled);
        wake();
    }

    private static Stream<String> id(Publication publication) {
        return publication instanceof Publication.Message message ? Stream.of(message.id()) : Stream.empty();
    }

    private static boolean isOrder(Publication publication) {
        return publication.topic() == Topic.WEIGHTS;
    }

    private void append(Publication publication) {
        var key = switch (publication) {
            case Publication.Message message -> key(message.message());
            case Publication.Tombstone tombstone -> tombstone.key();
        };
        var value = publication instanceof Publication.Message message ? message.message() : null;
        bus.log(publication.topic(), Bus.partition(key)).append(key, value);
    }

    private static String key(Object message) {
        return switch (message) {
            case WeightOrder order -> order.route();
            case AnalysisSet set -> Keys.applicationTarget(set.application(), set.target());
            case Status status -> Keys.applicationTarget(status.application(), status.target());
            case Audit audit -> audit.application();
            default -> throw new IllegalArgumentException("the engine does not write " + message);
        };
    }
}
