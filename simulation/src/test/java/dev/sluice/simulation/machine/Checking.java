package dev.sluice.simulation.machine;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.simulation.bus.Bus;
import java.util.List;

/** An applier's checks, of which only the answers are played: late, never, or with something in the way for a while. */
final class Checking {
    private final ApplierMachine machine;
    private final Bus bus;

    Checking(ApplierMachine machine, Bus bus) {
        this.machine = machine;
        this.bus = bus;
    }

    void order(WeightOrder order) {
        if (machine.clock().isAfter(order.deadline())
                || machine.world().chance().percent(10)) {
            return;
        }
        machine.later(
                machine.faults().latencyMillis(),
                () -> bus.send(Topic.WEIGHT_REPORTS, order.application(), answer(order)));
    }

    private WeightReport answer(WeightOrder order) {
        var findings = machine.faults().isHindered()
                ? List.of(Finding.error(Finding.Code.SERVICE_MISSING, "a Service does not exist"))
                : List.<Finding>of();
        return WeightReport.checked(order, findings, null, machine.clock());
    }
}
