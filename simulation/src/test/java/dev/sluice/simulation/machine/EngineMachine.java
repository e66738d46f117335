package dev.sluice.simulation.machine;

import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.bus.Follower;
import dev.sluice.simulation.bus.Group;
import dev.sluice.simulation.bus.Log;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.machine.Parts.Omission;
import dev.sluice.simulation.people.Callees;
import dev.sluice.simulation.people.RolloutFiles;
import dev.sluice.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An instance of the engine: consumes its partitions by the guard, wakes what is due, and relays when it has the lease. */
public final class EngineMachine extends Machine implements Group.Member, Callees.Desk {
    private static final long SWEEP_MILLIS = 10_000;
    /** As much longer than anything in a run is late as the real one is. */
    private static final Duration RELEASED_ROUTES = Duration.ofSeconds(40);

    private final Database database;
    private final Parts parts;
    private final Group group;
    private final Transactions transactions;
    private final List<Relay> lanes;
    private final CallLane calls;
    private final List<Follower> followers = new ArrayList<>();
    private final Map<String, Instant> alarms = new HashMap<>();

    public EngineMachine(
            World world,
            Faults faults,
            String name,
            Database database,
            Bus bus,
            Group group,
            Parts parts,
            RolloutFiles files,
            Callees callees) {
        super(world, faults, name);
        this.database = database;
        this.parts = parts;
        this.group = group;
        this.transactions = new Transactions(world, database, parts, files);
        this.lanes = Stream.of(Relay.ORDERS, Relay.OUTBOX)
                .map(lane -> new Relay(this, database, bus, parts, lane))
                .toList();
        this.calls = new CallLane(this, database, transactions, parts, callees, this::committed);
        group.join(this);
        database.onCommit(this::wakeRelay);
    }

    private void wakeRelay() {
        if (isUp()) {
            lanes.forEach(Relay::wake);
            calls.wake();
        }
    }

    @Override
    public Machine machine() {
        return this;
    }

    @Override
    protected void started() {
        group.rebalanceSoon();
        lanes.forEach(Relay::started);
        calls.started();
        later(SWEEP_MILLIS, this::sweep);
    }

    @Override
    protected void died() {
        assigned(List.of());
        alarms.clear();
        group.rebalanceSoon();
    }

    /** Seeks to what the database says; what is in flight for a partition that it has lost goes on. */
    @Override
    public void assigned(List<Log> partitions) {
        followers.forEach(Follower::close);
        followers.clear();
        for (var partition : partitions) {
            var expected = database.consumed(partition.toString());
            var reading = new Follower[1];
            reading[0] = new Follower(this, partition, expected, batch -> take(reading[0], batch));
            followers.add(reading[0]);
            reading[0].wake();
        }
    }

    private long take(Follower follower, List<Log.Entry> batch) {
        var expected = follower.position();
        later(world().chance().between(1, 10), () -> commit(follower, expected, batch));
        return Follower.BUSY;
    }

    private void commit(Follower follower, long expected, List<Log.Entry> batch) {
        if (!survives()) {
            return;
        }
        if (!faults().failsNow()) {
            transact(follower.log(), expected, batch);
        }
        // the answer to a commit may be lost as well: what counts is where the database is
        if (survives()) {
            follower.seek(database.consumed(follower.log().toString()));
        }
    }

    private void transact(Log partition, long expected, List<Log.Entry> batch) {
        if (database.consumed(partition.toString()) != expected && !parts.omit(Omission.GUARD)) {
            world().note(name(), "overtaken at", partition.toString());
            return;
        }
        for (var entry : batch) {
            transactions.take(entry.message(), entry.appended(), partition + "/" + entry.offset(), clock());
        }
        database.advance(partition.toString(), batch.getLast().offset() + 1);
        committed();
    }

    private void committed() {
        database.committed();
        if (!parts.omit(Omission.TIMERS)) {
            database.states().keySet().forEach(this::setAlarm);
            database.woken().forEach(application -> later(1, () -> wake(application)));
        }
    }

    private void setAlarm(String application) {
        var now = clock();
        var next = transactions.nextWakeUp(application);
        if (next.isEmpty() || !now.isBefore(next.get()) || isSetBefore(application, now, next.get())) {
            return;
        }
        alarms.put(application, next.get());
        later(Duration.between(now, next.get()).toMillis(), () -> wake(application));
    }

    private boolean isSetBefore(String application, Instant now, Instant next) {
        var set = alarms.get(application);
        return set != null && set.isAfter(now) && !set.isAfter(next);
    }

    private void wake(String application) {
        if (transactions.isOverdue(application, clock()) && survives()) {
            transactions.wake(application, clock());
            committed();
            survives();
        }
    }

    /** What is no token of this engine's is refused; what can't be stored is not answered. */
    @Override
    public void take(Callees.Token token, boolean success, Consumer<Boolean> answered) {
        if (!isUp()) {
            return;
        }
        if (!token.isGenuine() && !parts.omit(Omission.CALLBACK_TOKENS)) {
            answered.accept(true);
            return;
        }
        later(world().chance().between(1, 10), () -> {
            if (survives() && !faults().failsNow()) {
                transactions.calledBack(token.application(), token.call(), success, clock());
                committed();
                answered.accept(survives());
            }
        });
    }

    private void forgetReleased() {
        var due = transactions.released(clock().minus(RELEASED_ROUTES));
        if (due.isEmpty() || !survives()) {
            return;
        }
        if (parts.omit(Omission.STILL_FREE)) {
            later(SWEEP_MILLIS, () -> due.forEach(transactions::forget));
        } else {
            due.forEach(transactions::forget);
            committed();
        }
    }

    private void sweep() {
        later(SWEEP_MILLIS, this::sweep);
        forgetReleased();
        lanes.forEach(Relay::wake);
        calls.wake();
        if (!parts.omit(Omission.TIMERS)) {
            List.copyOf(database.states().keySet()).forEach(this::wake);
            database.states().keySet().forEach(this::setAlarm);
        }
    }
}
