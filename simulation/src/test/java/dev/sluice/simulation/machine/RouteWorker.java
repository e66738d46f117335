package dev.sluice.simulation.machine;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Urgency;
import dev.sluice.applier.shell.Effects;
import dev.sluice.applier.shell.RouteActor;
import dev.sluice.schemas.Topic;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.bus.Log;
import dev.sluice.simulation.cluster.ApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One route of an applier: the real worker, whose effects take their time, fail, or never come back. */
final class RouteWorker implements Effects {
    private static final long HELD_MILLIS = 1000;

    private final ApplierMachine machine;
    private final ApiServer cluster;
    private final Bus bus;
    private final Parts parts;
    private final Log log;
    private final RouteActor actor;
    private boolean isClosed;

    RouteWorker(ApplierMachine machine, ApiServer cluster, Bus bus, Parts parts, Log log, RouteState state) {
        this.machine = machine;
        this.cluster = cluster;
        this.bus = bus;
        this.parts = parts;
        this.log = log;
        this.actor = RouteActor.alone(state, parts.applier()::decide, this, Runnable::run, machine.timepiece());
    }

    /** Where its orders come from. */
    Log log() {
        return log;
    }

    boolean close() {
        isClosed = true;
        actor.close();
        return true;
    }

    void offer(Event event) {
        actor.offer(event);
    }

    void offerEndpoints(Map<String, Integer> ready) {
        var order = actor.state().order();
        if (order == null) {
            return;
        }
        var concerned = new HashMap<>(ready);
        concerned.keySet().removeIf(backend -> !backend.equals(order.active()) && !backend.equals(order.canary()));
        if (!concerned.isEmpty()) {
            offer(new Event.EndpointsSeen(concerned, machine.clock()));
        }
    }

    /** It may die before any effect; nothing that would follow is done then. */
    private boolean survives() {
        return !isClosed && machine.survives();
    }

    @Override
    public void report(Decision.Report report, String traceparent) {
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
    public void released(String route) {}

    @Override
    public void forgotten(String route) {}

    @Override
    public Asked call(Decision.Call asked, Urgency urgency, Consumer<Event> answer) {
        if (!survives()) {
            return () -> false;
        }
        var turn = new Turn(parts.calls().apply(asked), answer);
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
                send(call, answer);
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

    /** Once a call is on its way, it arrives whatever becomes of the caller, even after the caller has given it up. */
    private void send(Decision.Call call, Consumer<Event> answer) {
        var world = machine.world();
        world.note(machine.name(), "calls", call);
        world.in(machine.faults().latencyMillis(), () -> {
            if (cluster.isDown()) {
                answer(answer, failure(call));
            } else if (machine.faults().failsNow()) {
                answer(answer, failure(call));
                if (world.chance().percent(50)) {
                    world.in(world.chance().between(0, 5000), () -> cluster.execute(call, machine.clock()));
                }
            } else {
                answer(answer, partly(cluster.execute(call, machine.clock())));
            }
        });
    }

    /** A look is several calls, and that for the endpoints may fail alone. */
    private Event partly(Event event) {
        return event instanceof Event.Looked looked && machine.faults().failsNow()
                ? new Event.Looked(looked.sight(), Map.of(), looked.missing(), looked.at())
                : event;
    }

    private void answer(Consumer<Event> to, Event event) {
        machine.later(machine.faults().latencyMillis(), () -> to.accept(event));
    }

    private Event failure(Decision.Call call) {
        var failure = Failure.failed("the API server did not answer");
        return call instanceof Decision.Look
                ? new Event.LookFailed(failure, machine.clock())
                : new Event.WriteFailed(failure, machine.clock());
    }
}
