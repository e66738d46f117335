package dev.sluice.engine.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightReport;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a target ordered of its routes, and what they answered.
 *
 * @param generation 0 before the target begins
 * @param order the newest order; null before the first
 * @param interrupted the order that a raised fence interrupted and that is to be issued again; null otherwise
 * @param weight the last weight ordered (the newest order may carry none)
 * @param driftActor who made the last hand edit that was put back
 */
public record Traffic(
        long generation,
        Order order,
        Order interrupted,
        Weight weight,
        List<RouteRun> routes,
        long driftCount,
        String driftActor) {
    static final Traffic NONE = new Traffic(0, null, null, Weight.ZERO, List.of(), 0, null);

    public Traffic {
        routes = List.copyOf(routes);
    }

    long sequence() {
        return order == null ? 0 : order.sequence();
    }

    boolean isApplied() {
        return order != null && routes.stream().allMatch(RouteRun::isApplied);
    }

    boolean isAwaited() {
        return order != null && !isApplied();
    }

    boolean isSilent() {
        return routes.stream().anyMatch(RouteRun::isSilent);
    }

    /** The highest weight that any route carries; null before the first report. */
    Weight applied() {
        return routes.stream()
                .map(RouteRun::applied)
                .filter(weight -> weight != null)
                .max(Weight::compareTo)
                .orElse(null);
    }

    boolean isAnsweredBy(WeightReport report) {
        return order != null
                && report.generation() == generation
                && report.sequence() == order.sequence()
                && Objects.equals(report.weight(), order.weight())
                && has(report.route());
    }

    boolean has(String route) {
        return routes.stream().anyMatch(candidate -> candidate.identity().equals(route));
    }

    Traffic began(long newGeneration, List<RouteRun> on) {
        return new Traffic(newGeneration, null, null, Weight.ZERO, on, 0, null);
    }

    Traffic ordered(Order next) {
        return new Traffic(
                generation,
                next,
                next.isFenceOnly() ? interrupted : null,
                next.weight() == null ? weight : next.weight(),
                routes.stream().map(RouteRun::ordered).toList(),
                driftCount,
                driftActor);
    }

    Traffic repeated(Order again) {
        return new Traffic(generation, again, interrupted, weight, routes, driftCount, driftActor);
    }

    Traffic answered(WeightReport report) {
        return onRoute(report.route(), route -> route.after(report));
    }

    Traffic drifted(String actor) {
        return new Traffic(generation, order, interrupted, weight, routes, driftCount + 1, actor);
    }

    /** Under a generation above the fence found; what was ordered is kept to be issued again. */
    Traffic raised(long newGeneration, String route, String active) {
        var again = interrupted == null ? order : interrupted;
        var raised = new Traffic(newGeneration, order, again, weight, routes, driftCount, driftActor);
        return active == null ? raised : raised.onRoute(route, run -> run.withActive(active));
    }

    private Traffic onRoute(String identity, UnaryOperator<RouteRun> change) {
        var changed = routes.stream()
                .map(route -> route.identity().equals(identity) ? change.apply(route) : route)
                .toList();
        return new Traffic(generation, order, interrupted, weight, changed, driftCount, driftActor);
    }
}
