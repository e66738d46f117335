package dev.sluice.simulation.mutant;

import dev.sluice.applier.core.Backoff;
import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.RoutingObject;
import dev.sluice.applier.core.Rules;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.mesh.Write;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.simulation.invariant.EveryOrderIsAnswered;
import dev.sluice.simulation.invariant.FenceNeverGoesBack;
import dev.sluice.simulation.invariant.FirstDeploymentsAreCertain;
import dev.sluice.simulation.invariant.NobodyFightsWithoutEnd;
import dev.sluice.simulation.invariant.OnlyReadyCanariesAreRaised;
import dev.sluice.simulation.invariant.ReleasesComeThrough;
import dev.sluice.simulation.invariant.RoutesAreWhereTheOutcomeSays;
import dev.sluice.simulation.invariant.TheNextRolloutKeepsLiveTraffic;
import dev.sluice.simulation.machine.Parts;
import dev.sluice.simulation.manifest.Tree;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Appliers with a rule of theirs broken. */
final class ApplierMutants {
    private static final Decider REAL = new Decider(Rules.DEFAULT);

    private static final Decider IMPATIENT = new Decider(new Rules(
            Rules.GITOPS_MANAGERS, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), Rules.CONFIRMATION));

    private ApplierMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "an applier that ignores a higher fence",
                        FenceNeverGoesBack.class,
                        Parts.REAL.withApplier((state, event) -> REAL.decide(state, unfenced(state, event)))),
                new Mutant(
                        "an applier that replaces whatever is there",
                        FenceNeverGoesBack.class,
                        Parts.REAL.withWrites(ApplierMutants::replacing)),
                new Mutant(
                        "an applier that believes every backend ready",
                        OnlyReadyCanariesAreRaised.class,
                        Parts.REAL.withApplier((state, event) -> REAL.decide(state, ready(event)))),
                new Mutant(
                        "an applier that begins wherever the traffic is",
                        TheNextRolloutKeepsLiveTraffic.class,
                        Parts.REAL.withApplier((state, event) -> REAL.decide(state, careless(event)))),
                new Mutant(
                        "an applier that always waits",
                        ReleasesComeThrough.class,
                        Parts.REAL.withApplier(ApplierMutants::waiting)),
                new Mutant(
                        "an applier that waits for the answer of a call that it took back",
                        EveryOrderIsAnswered.class,
                        Parts.REAL.withApplier(ApplierMutants::expecting)),
                new Mutant(
                        "an applier that tries again at once",
                        NobodyFightsWithoutEnd.class,
                        Parts.REAL.withApplier(IMPATIENT::decide)),
                new Mutant(
                        "an applier that takes one look for certainty",
                        FirstDeploymentsAreCertain.class,
                        Parts.REAL.withApplier(ApplierMutants::hasty)),
                new Mutant(
                        "an applier that reports what it has not written",
                        RoutesAreWhereTheOutcomeSays.class,
                        Parts.REAL.withApplier(ApplierMutants::boasting)));
    }

    private static Event unfenced(RouteState state, Event event) {
        return switch (event) {
            case Event.ObjectSeen(var sight, var at) -> new Event.ObjectSeen(unfenced(state, sight), at);
            case Event.Looked(var sight, var ready, var missing, var blind, var running, var at) ->
                new Event.Looked(unfenced(state, sight), ready, missing, blind, running, at);
            default -> event;
        };
    }

    private static Sight unfenced(RouteState state, Sight sight) {
        return sight instanceof Sight.Present(RoutingObject object)
                        && object.fence() != null
                        && state.order() != null
                        && state.order().fence().isBelow(object.fence())
                ? new Sight.Present(new RoutingObject(
                        object.uid(),
                        object.resourceVersion(),
                        object.routed(),
                        object.lastApplied(),
                        null,
                        object.managed(),
                        object.paused(),
                        object.editors(),
                        object.advice()))
                : sight;
    }

    private static List<Write> replacing(List<Write> planned) {
        planned.stream()
                .filter(Write.Update.class::isInstance)
                .map(Write.Update.class::cast)
                .forEach(update -> Tree.open(update.document(), "metadata").remove("resourceVersion"));
        return planned;
    }

    private static Event ready(Event event) {
        return switch (event) {
            case Event.EndpointsSeen(var ready, var at) -> new Event.EndpointsSeen(three(ready), at);
            case Event.Looked(var sight, var ready, var missing, var blind, var running, var at) ->
                new Event.Looked(sight, three(ready), missing, blind, running, at);
            default -> event;
        };
    }

    private static Map<String, EndpointCount> three(Map<String, EndpointCount> seen) {
        var all = new HashMap<>(seen);
        all.replaceAll((backend, count) -> EndpointCount.ready(3));
        return all;
    }

    private static Event careless(Event event) {
        return event instanceof Event.OrderRead(var order, var traits, var at) && order.begin()
                ? new Event.OrderRead(notBeginning(order), traits, at)
                : event;
    }

    private static List<Decision> waiting(RouteState state, Event event) {
        return REAL.decide(state, event).stream()
                .map(decision -> decision instanceof Decision.Update || decision instanceof Decision.Create
                        ? new Decision.Retry(event.at().plusSeconds(5), 1, "waits")
                        : decision)
                .toList();
    }

    private static List<Decision> expecting(RouteState state, Event event) {
        return event instanceof Event.Withdrawn
                ? List.of(new Decision.Ignored("it will be answered"))
                : REAL.decide(state, event);
    }

    private static List<Decision> hasty(RouteState state, Event event) {
        var told = event instanceof Event.OrderRead(var order, var traits, var at)
                ? new Event.OrderRead(settled(order), traits, at)
                : event;
        return REAL.decide(state, told).stream()
                .map(decision -> decision instanceof Decision.Report(var report, var id, var standing)
                                && report.activeEmptyFor() != null
                        ? new Decision.Report(certain(report), id, standing)
                        : decision)
                .toList();
    }

    private static WeightOrder notBeginning(WeightOrder order) {
        return with(order, false, true, order.settle());
    }

    private static WeightOrder settled(WeightOrder order) {
        return with(order, order.begin(), order.force(), order.settle() == null ? null : Duration.ZERO);
    }

    private static WeightOrder with(WeightOrder order, boolean begin, boolean force, Duration settle) {
        return new WeightOrder(
                order.rollout(),
                order.application(),
                order.target(),
                order.cluster(),
                order.namespace(),
                order.route(),
                order.generation(),
                order.sequence(),
                order.active(),
                order.canary(),
                order.weight(),
                order.uid(),
                begin,
                order.end(),
                force,
                order.deadline(),
                order.revision(),
                order.ownership(),
                order.readiness(),
                order.onEndpointsLost(),
                order.firstDeployment(),
                settle,
                order.workload(),
                order.selector(),
                order.match(),
                order.mirror(),
                order.sessionAffinity(),
                order.check(),
                order.observe(),
                order.mesh());
    }

    private static WeightReport certain(WeightReport report) {
        return new WeightReport(
                report.rollout(),
                report.application(),
                report.target(),
                report.route(),
                report.generation(),
                report.sequence(),
                report.weight(),
                report.outcome(),
                report.inForce(),
                report.uid(),
                report.endpoints(),
                report.workloads(),
                report.found(),
                report.absent(),
                Duration.ofMinutes(1),
                report.by(),
                report.reason(),
                report.actor(),
                report.findings(),
                report.time());
    }

    private static List<Decision> boasting(RouteState state, Event event) {
        return REAL.decide(state, event).stream()
                .map(decision -> decision instanceof Decision.Update update ? boast(update, event) : decision)
                .toList();
    }

    private static Decision boast(Decision.Update update, Event event) {
        var order = update.placement().order();
        var report = new WeightReport(
                order.rollout(),
                order.application(),
                order.target(),
                order.route(),
                order.generation(),
                order.sequence(),
                order.weight(),
                Outcome.APPLIED,
                null,
                update.seen().uid(),
                null,
                null,
                Map.of(),
                false,
                null,
                null,
                null,
                null,
                List.of(),
                event.at());
        return new Decision.Report(report, order.route() + "/" + order.sequence(), true);
    }
}
