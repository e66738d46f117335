package dev.sluice.simulation.machine;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.RouteState;
import dev.sluice.schemas.Topic;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.bus.Log;
import dev.sluice.simulation.cluster.ApiServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One route of an applier: lets the rules decide and carries out what they say, one effect after the other. */
final class RouteWorker {
    private final ApplierMachine machine;
    private final ApiServer cluster;
    private final Bus bus;
    private final Parts parts;
    private final Log log;
    private RouteState state;
    private boolean isClosed;

    RouteWorker(ApplierMachine machine, ApiServer cluster, Bus bus, Parts parts, Log log, RouteState state) {
        this.machine = machine;
        this.cluster = cluster;
        this.bus = bus;
        this.parts = parts;
        this.log = log;
        this.state = state;
    }

    /** Where its orders come from. */
    Log log() {
        return log;
    }

    boolean close() {
        isClosed = true;
        return true;
    }

    void offer(Event event) {
        if (isClosed) {
            return;
        }
        var decisions = parts.applier().decide(state, event);
        state = state.after(decisions);
        for (var decision : decisions) {
            if (decision instanceof Decision.Effect && !machine.survives()) {
                return;
            }
            carryOut(decision);
        }
    }

    void offerEndpoints(Map<String, Integer> ready) {
        var order = state.order();
        if (order == null) {
            return;
        }
        var concerned = new HashMap<>(ready);
        concerned.keySet().removeIf(backend -> !backend.equals(order.active()) && !backend.equals(order.canary()));
        if (!concerned.isEmpty()) {
            offer(new Event.EndpointsSeen(concerned, machine.clock()));
        }
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case Decision.Report report ->
                bus.send(Topic.WEIGHT_REPORTS, report.report().application(), report.report());
            case Decision.Call call -> call(parts.calls().apply(call));
            case Decision.Retry retry -> {
                var wait = Duration.between(machine.clock(), retry.at()).toMillis();
                machine.later(wait, () -> offer(new Event.TimeReached(retry.at(), machine.clock())));
            }
            default -> {}
        }
    }

    /** Once a call is on its way, it arrives whatever becomes of the caller, even after the caller has given it up. */
    private void call(Decision.Call call) {
        var world = machine.world();
        world.note(machine.name(), "calls", call);
        world.in(machine.faults().latencyMillis(), () -> {
            if (cluster.isDown()) {
                answer(failure(call));
            } else if (machine.faults().failsNow()) {
                answer(failure(call));
                if (world.chance().percent(50)) {
                    world.in(world.chance().between(0, 5000), () -> cluster.execute(call, machine.clock()));
                }
            } else {
                answer(cluster.execute(call, machine.clock()));
            }
        });
    }

    private void answer(Event event) {
        machine.later(machine.faults().latencyMillis(), () -> offer(event));
    }

    private Event failure(Decision.Call call) {
        var failure = Failure.failed("the API server did not answer");
        return call instanceof Decision.Look
                ? new Event.LookFailed(failure, machine.clock())
                : new Event.WriteFailed(failure, machine.clock());
    }
}
