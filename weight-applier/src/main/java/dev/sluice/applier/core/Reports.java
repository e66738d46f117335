package dev.sluice.applier.core;

import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Endpoints;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.message.WeightReport.Ready;
import dev.sluice.schemas.message.WeightReport.Workloads;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts what is known of a route into its reports. */
record Reports(RouteState state, Instant now) {
    /** So that no object, however many backends it names, makes a report that no topic takes. */
    private static final int MOST_BACKENDS = 50;

    /** Where the order stands; said once until it changes or somebody asks. */
    List<Decision> standing(Outcome outcome, String reason) {
        return standing(outcome, reason, null, null, false);
    }

    List<Decision> standing(Outcome outcome, String reason, Fence by, String actor, boolean absent) {
        if (state.stands(outcome, reason) && isToldInForce(outcome) && areToldWorkloads()) {
            return state.attempt() > 0 ? List.of(new Decision.Answered(0)) : List.of();
        }
        var report = report(state.order(), outcome, reason, by, actor, absent);
        return List.of(new Decision.Report(report, id(report) + detail(report), true));
    }

    /** What is applied is told again when the mesh has another word for it. */
    private boolean isToldInForce(Outcome outcome) {
        return outcome != Outcome.APPLIED || Objects.equals(state.standing().inForce(), inForce());
    }

    /** And whatever stands when something else runs behind it. */
    private boolean areToldWorkloads() {
        return Objects.equals(state.standing().workloads(), workloads(state.order()));
    }

    private String detail(WeightReport report) {
        var running = report.workloads() == null
                ? ""
                : "/" + Integer.toHexString(report.workloads().hashCode());
        if (report.outcome() == Outcome.APPLIED && report.reason() == null) {
            return running + (Boolean.TRUE.equals(report.inForce()) ? "/in-force/" + version() : "");
        }
        return running + "/" + Integer.toHexString(Objects.hash(report.reason(), version()));
    }

    /** A late order: a newer one is known, so nothing was looked at. */
    Decision superseded(WeightOrder late) {
        var newest = state.order();
        var by = new Fence(newest.generation(), newest.sequence(), newest.weight(), newest.active());
        var report = report(
                late,
                Outcome.SUPERSEDED,
                late.fence().compareTo(by) == 0
                        ? "another order of this very generation and sequence is known"
                        : "a newer order of this route is known",
                by,
                null,
                false);
        return new Decision.Report(report, id(report) + "/" + by.generation() + "." + by.sequence(), false);
    }

    /** Counts once per write: the object's version tells one repair from the next. */
    Decision repaired(Placement placement, String actor) {
        var who = actor == null ? "somebody" : actor;
        var times = state.repairs().and(now).count();
        var often = times > 1 ? " (" + times + " times lately: repairs get slower)" : "";
        var report = report(
                placement.order(),
                Outcome.DRIFT_REPAIRED,
                "put back what " + who + " had changed" + often + advice(),
                null,
                actor,
                false);
        return new Decision.Report(report, id(report) + "/" + version(), false);
    }

    private String advice() {
        return state.sight() instanceof Sight.Present(RoutingObject object) && object.advice() != null
                ? ". " + object.advice()
                : "";
    }

    private WeightReport report(
            WeightOrder order, Outcome outcome, String reason, Fence by, String actor, boolean absent) {
        return new WeightReport(
                order.rollout(),
                order.application(),
                order.target(),
                order.route(),
                order.generation(),
                order.sequence(),
                order.weight(),
                outcome,
                outcome == Outcome.APPLIED ? inForce() : null,
                state.sight() instanceof Sight.Present(RoutingObject object) ? object.uid() : null,
                endpoints(order),
                workloads(order),
                found(order),
                absent,
                activeEmptyFor(order),
                by,
                reason,
                actor,
                List.of(),
                now);
    }

    private Boolean inForce() {
        return state.sight() instanceof Sight.Present(RoutingObject object)
                ? object.routed().inForce()
                : null;
    }

    private Duration activeEmptyFor(WeightOrder order) {
        var backends = state.backends();
        return backends.emptySince() == null
                        || !order.active().equals(state.order().active())
                ? null
                : Duration.between(backends.emptySince(), backends.lookedAt());
    }

    private Endpoints endpoints(WeightOrder order) {
        return state.knows(order)
                ? new Endpoints(new Ready(state.ready(order.active())), new Ready(state.ready(order.canary())))
                : null;
    }

    /** Null where nothing is known of either. */
    private Workloads workloads(WeightOrder order) {
        var running = state.backends().running();
        var active = running.get(order.active());
        var canary = running.get(order.canary());
        return active == null && canary == null
                ? null
                : new Workloads(
                        active == null ? null : active.revision(),
                        canary == null ? null : canary.revision(),
                        (active == null || !active.isSeen()) ? null : isRolledOut(active));
    }

    /** Where replicas are the weight pods come with it, and those that come are of what the workload says now. */
    private boolean isRolledOut(Running running) {
        return running.lacks() == null || (state.traits().scaled() && running.revision() != null);
    }

    private Map<String, Double> found(WeightOrder order) {
        return switch (state.sight()) {
            case Sight.Present(RoutingObject object) ->
                object.weights().entrySet().stream()
                        .filter(entry -> object.weights().size() <= MOST_BACKENDS
                                || entry.getKey().equals(order.active())
                                || entry.getKey().equals(order.canary()))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().doubleValue()));
            // Without the object all traffic goes where the fallback says, if that is one of the two.
            case Sight.Absent absent
            when state.traits().fallback() != null && isBackend(order) ->
                Map.of(state.traits().fallback(), BigDecimal.valueOf(100).doubleValue());
            default -> Map.of();
        };
    }

    private boolean isBackend(WeightOrder order) {
        var fallback = state.traits().fallback();
        return fallback.equals(order.active()) || fallback.equals(order.canary());
    }

    private String version() {
        return state.sight() instanceof Sight.Present(RoutingObject object) ? object.resourceVersion() : "";
    }

    private static String id(WeightReport report) {
        return report.route() + "/" + report.generation() + "." + report.sequence() + "/"
                + report.outcome().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
