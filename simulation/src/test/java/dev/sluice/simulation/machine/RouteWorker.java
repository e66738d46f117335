package dev.sluice.simulation.machine;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Urgency;
import dev.sluice.applier.shell.Effects;
import dev.sluice.applier.shell.RouteActor;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.bus.Log;
import dev.sluice.simulation.cluster.ApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** One route of an applier: the real worker, whose effects take their time, fail, or never come back. */
final class RouteWorker implements Effects {
    private static final long HELD_MILLIS = 1000;

    private final ApplierMachine machine;
    private final ApiServer cluster;
    private final ClusterCalls calls;
    private final Bus bus;
    private final Log log;
    private final RouteActor actor;
    private boolean isClosed;

    RouteWorker(
            ApplierMachine machine,
            ApiServer cluster,
            ClusterCalls calls,
            Bus bus,
            Parts parts,
            Log log,
            RouteState state) {
        this.machine = machine;
        this.cluster = cluster;
        this.calls = calls;
        this.bus = bus;
        this.log = log;
        this.actor = RouteActor.alone(state, parts.applier()::decide, this, Runnable::run, machine.timepiece());
    }

    /** Where its orders come from. */
    Log log() {
        return log;
    }

    String route() {
        return actor.state().route();
    }

    /** The newest one; null before the first. */
    WeightOrder order() {
        return actor.state().order();
    }

    void close() {
        isClosed = true;
        actor.close();
    }

    void offer(Event event) {
        actor.offer(event);
    }

    /** It may die before any effect; nothing that would follow is done then. */
    private boolean survives() {
        return !isClosed && machine.survives();
    }

    @Override
    public void report(Decision.Report report, Lineage lineage) {
        if (survives()) {
            bus.send(Topic.WEIGHT_REPORTS, report.report().application(), report.report());
        }
    }

    @Override
    public void wake(Instant at, Runnable call) {
        if (survives()) {
            machine.later(Duration.between(machine.clock(), at).toMillis(), call);
        }
    }

    @Override
    public void count(Decision decision) {}

    @Override
    public void released(String route) {
        calls.sightings().letGo(route);
    }

    @Override
    public void forgotten(String route) {
        calls.sightings().forget(route);
    }

    @Override
    public Asked call(Decision.Call asked, Urgency urgency, Lineage lineage, Consumer<Event> answer) {
        if (!survives()) {
            return () -> false;
        }
        var turn = new Turn(asked, answer);
        turn.await(machine.faults().turnMillis());
        return turn::withdraw;
    }

    /** A call that waits for its turn, as it does in a queue of few places: until then it can be taken back. */
    private final class Turn {
        private final Decision.Call call;
        private final Consumer<Event> answer;
        private boolean isTaken;

        private Turn(Decision.Call call, Consumer<Event> answer) {
            this.call = call;
            this.answer = answer;
        }

        private void await(long millis) {
            if (millis == 0) {
                take();
            } else {
                machine.later(millis, this::take);
            }
        }

        private void take() {
            if (isTaken) {
                return;
            }
            if (cluster.isDown() && machine.world().chance().percent(50)) {
                await(HELD_MILLIS);
                answer.accept(new Event.Held("the API server can't be reached", machine.clock()));
            } else {
                isTaken = true;
                calls.carryOut(call, answer);
            }
        }

        private boolean withdraw() {
            var isWithdrawn = !isTaken;
            isTaken = true;
            if (isWithdrawn) {
                machine.world().note(machine.name(), "takes back", call);
            }
            return isWithdrawn;
        }
    }
}
