package dev.sluice.simulation.machine;

import dev.sluice.engine.core.told.Publication;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.machine.Parts.Omission;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One lane of the outbox: publishes its rows in order, one relay at a time, by a lease, and by the broker's fence against those
 * who lost it. Orders have a lane of their own; a topic that can't be written is avoided for a while (B39).
 */
final class Relay {
    static final String ORDERS = "orders";
    static final String OUTBOX = "outbox";
    private static final int BATCH = 20;
    private static final long AVOIDED_MILLIS = 5_000;

    private final Machine machine;
    private final Database database;
    private final Bus bus;
    private final Parts parts;
    private final String lane;
    private final Map<Topic, Long> avoidedUntil = new EnumMap<>(Topic.class);
    private boolean hasProducer;
    private boolean isWoken;
    private long epoch;

    Relay(Machine machine, Database database, Bus bus, Parts parts, String lane) {
        this.machine = machine;
        this.database = database;
        this.bus = bus;
        this.parts = parts;
        this.lane = lane;
    }

    private Stream<Map.Entry<Long, Publication>> rows() {
        return database.outbox().entrySet().stream().filter(row -> isOnLane(row.getValue()));
    }

    private boolean isOnLane(Publication row) {
        return parts.omit(Omission.LANES) ? lane.equals(OUTBOX) : isOrder(row) == lane.equals(ORDERS);
    }

    private boolean isEmpty() {
        return rows().findAny().isEmpty();
    }

    private boolean isAvoided(Topic topic) {
        return avoidedUntil.getOrDefault(topic, 0L) > machine.world().nowMillis() && !parts.omit(Omission.LANES);
    }

    void started() {
        hasProducer = false;
        isWoken = false;
        wake();
    }

    void wake() {
        if (!isWoken && !isEmpty()) {
            isWoken = true;
            machine.later(machine.world().chance().between(1, 5), this::read);
        }
    }

    private void read() {
        isWoken = false;
        var held = database.holdsLease(lane, machine.name(), machine.world().now());
        if (!database.lease(lane, machine.name(), machine.world().now())) {
            hasProducer = false;
            if (!isEmpty()) {
                isWoken = true;
                machine.later(1000, this::read);
            }
            return;
        }
        if (!held || !hasProducer) {
            epoch = bus.initTransactions(lane);
            hasProducer = true;
        }
        var rows = new TreeMap<Long, Publication>();
        rows().filter(row -> !isAvoided(row.getValue().topic()))
                .limit(BATCH)
                .forEach(row -> rows.put(row.getKey(), row.getValue()));
        if (rows.isEmpty() && !isEmpty()) {
            isWoken = true;
            machine.later(1000, this::read);
        } else if (!rows.isEmpty()) {
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
        if (bus.isFenced(lane, epoch) && !parts.omit(Omission.FENCED_RELAY)) {
            machine.world().note(machine.name(), "relay fenced", null);
            hasProducer = false;
            wake();
            return;
        }
        if (machine.faults().failsNow()) {
            appendSomeOrders(rows);
            wake();
            return;
        }
        var broken = rows.values().stream()
                .map(Publication::topic)
                .filter(bus::isBroken)
                .findFirst();
        if (broken.isPresent()) {
            // the whole transaction is taken back
            appendSomeOrders(rows);
            avoidedUntil.put(broken.get(), machine.world().nowMillis() + AVOIDED_MILLIS);
            wake();
            return;
        }
        rows.values().forEach(this::append);
        if (machine.survives()) {
            isWoken = true;
            machine.later(machine.world().chance().between(1, 5), () -> delete(rows));
        }
    }

    /** Of a transaction that comes to nothing: who reads orders doesn't wait for its end. */
    private void appendSomeOrders(NavigableMap<Long, Publication> rows) {
        rows.values().stream()
                .limit(machine.world().chance().between(0, rows.size()))
                .filter(Relay::isOrder)
                .forEach(this::append);
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
            case WeightOrder order -> order.check() ? Keys.check(order.route()) : order.route();
            case AnalysisSet set -> Keys.applicationTarget(set.application(), set.target());
            case Status status -> Keys.applicationTarget(status.application(), status.target());
            case Audit audit -> audit.application();
            default -> throw new IllegalArgumentException("the engine does not write " + message);
        };
    }
}
