package dev.sluice.applier.preflight;

import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.EndpointCount;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.RoutingObject;
import dev.sluice.applier.core.Rules;
import dev.sluice.applier.core.Running;
import dev.sluice.applier.core.Sight;
import dev.sluice.applier.mesh.Marks;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.Ownership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the applier's own rules would make of the order: they are asked, so that a check can say nothing else than what
 * comes of it. Backends and their endpoints count as ready there, since those are looked at apart.
 *
 * @param placements that would be written: of the order, and of a raise after it; empty where nothing would be
 */
public record Rehearsal(List<Finding> findings, List<Placement> placements) {
    private static final Instant ANY_TIME = Instant.EPOCH;

    public static Rehearsal of(Seen seen) {
        // of what can't be read the rules would say that it isn't there
        return seen.hidden().isEmpty() ? rehearsed(seen, toCarryOut(seen)) : new Rehearsal(List.of(), List.of());
    }

    private static Rehearsal rehearsed(Seen seen, WeightOrder order) {
        var sight = sight(seen);
        var decider = new Decider(Rules.DEFAULT);
        var state = RouteState.open(order.route());
        var read = decider.decide(state, new Event.OrderRead(order, seen.mesh().traits(order), ANY_TIME));
        var unlooked = refusals(read);
        if (!unlooked.isEmpty()) {
            return new Rehearsal(unlooked, List.of());
        }
        var ready =
                Map.of(order.active(), EndpointCount.ready(1), order.canary(), EndpointCount.ready(Integer.MAX_VALUE));
        var looked = new Event.Looked(sight, ready, Set.of(), null, running(order), ANY_TIME);
        var decisions = decider.decide(state.after(read), looked);
        var findings = new ArrayList<Finding>();
        var placements = new ArrayList<Placement>();
        for (var decision : decisions) {
            switch (decision) {
                case Decision.Report report -> findings.addAll(said(report.report(), sight, order, seen));
                case Decision.Create create -> placements.add(create.placement());
                case Decision.Update update -> placements.add(update.placement());
                default -> {}
            }
        }
        if (!placements.isEmpty() && seen.objects().main() == null) {
            seen.mesh().cannotCreate(seen.objects(), order).ifPresent(why -> {
                findings.add(Finding.error(Code.OBJECT_MISSING, why));
                placements.clear();
            });
        }
        if (!placements.isEmpty()) {
            placements.add(raised(placements.getFirst()));
        }
        findings.addAll(inForce(sight));
        return new Rehearsal(List.copyOf(findings), List.copyOf(placements));
    }

    /** Whatever is there: the mesh can't carry what is asked for. */
    private static List<Finding> refusals(List<Decision> decisions) {
        return decisions.stream()
                .filter(Decision.Report.class::isInstance)
                .map(decision -> ((Decision.Report) decision).report())
                .filter(report -> report.outcome() == WeightReport.Outcome.REFUSED)
                .map(report -> Finding.error(Code.OBJECT_UNFIT, report.reason()))
                .toList();
    }

    /** A check comes before the deployment of what is to be rolled out, so it counts as done. */
    private static Map<String, Running> running(WeightOrder order) {
        return order.namesCanaryWorkload()
                ? Map.of(order.canary(), new Running(order.canary(), order.revision(), null, true))
                : Map.of();
    }

    private static Sight sight(Seen seen) {
        var kind = seen.objects().mainRef().kind();
        if (seen.offered().containsKey(kind.name())) {
            return new Sight.Unservable(true, kind.unserved(seen.offered().get(kind.name())));
        }
        return seen.objects().main() == null
                ? Sight.ABSENT
                : new Sight.Present(Marks.read(seen.mesh(), seen.objects(), seen.order()));
    }

    /** Of a generation above whatever the object carries: a rollout's is, and a plan has none yet. */
    private static WeightOrder toCarryOut(Seen seen) {
        var order = seen.order();
        var generation = order.generation();
        if (seen.objects().main() != null) {
            var fence = Marks.read(seen.mesh(), seen.objects(), order).fence();
            if (fence != null && fence.leavesRoom()) {
                generation = Math.max(generation, fence.generation() + 1);
            }
        }
        return order.toCarryOut(generation);
    }

    private static List<Finding> said(WeightReport report, Sight sight, WeightOrder order, Seen seen) {
        return switch (report.outcome()) {
            case REFUSED -> List.of(Finding.error(code(report.reason(), sight, order, seen), report.reason()));
            case WAITING -> List.of(Finding.warning(Code.OBJECT_PAUSED, report.reason()));
            case APPLIED, SUPERSEDED, DRIFT_REPAIRED, TAKEN_BACK, ENDPOINTS_LOST, CHECKED -> List.of();
        };
    }

    private static Code code(String reason, Sight sight, WeightOrder order, Seen seen) {
        return switch (sight) {
            case Sight.Unservable unservable -> Code.KIND_UNSERVED;
            case Sight.Absent absent -> Code.OBJECT_MISSING;
            case Sight.Unknown unknown -> Code.NOT_LOOKED_AT;
            case Sight.Present(RoutingObject object) -> {
                var isOwned = seen.mesh().traits(order).created()
                        && (order.ownership() == null || order.ownership() == Ownership.OWN);
                if (isOwned && !object.managed() && !object.uid().equals(order.uid())) {
                    yield Code.OBJECT_FOREIGN;
                }
                var listsBoth = object.weights().containsKey(order.active())
                        && object.weights().containsKey(order.canary());
                yield reason.equals(object.unfit()) || !listsBoth ? Code.OBJECT_UNFIT : Code.LIVE_TRAFFIC;
            }
        };
    }

    /** A mesh that doesn't take the object as it is will hardly take the next weight. */
    private static List<Finding> inForce(Sight sight) {
        if (!(sight instanceof Sight.Present(RoutingObject object))
                || object.routed().confirmation() == null
                || object.routed().confirmation().reason() == null) {
            return List.of();
        }
        return List.of(Finding.error(
                Code.NOT_IN_FORCE,
                "the mesh does not take the object as it is: "
                        + object.routed().confirmation().reason()
                        + ": mend that first, for a raise waits for the mesh"));
    }

    /** The next order of the same rollout, at a weight that every mesh can carry. */
    private static Placement raised(Placement placement) {
        var order = placement.order();
        var isRaise = order.weight() != null && !order.weight().isZero();
        var divided = order.sessionAffinity() == null ? Weight.FULL : Weight.percent(50);
        var weight = isRaise ? order.weight() : divided;
        var fence = new Fence(order.generation(), order.sequence() + 1, weight, order.active());
        return new Placement(order, weight, fence, placement.owned());
    }
}
