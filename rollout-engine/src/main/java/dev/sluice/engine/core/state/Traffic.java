package dev.sluice.engine.core.state;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What a target ordered of its routes, and what they answered.
 *
 * @param generation 0 before the target begins
 * @param known the newest generation that this engine had issued for these routes before; 0 for none. A fence above it that
 *     this rollout didn't write is from a time that a restored database doesn't know
 * @param order the newest order; null before the first
 * @param interrupted the order that a raised fence interrupted and that is to be issued again; null otherwise
 * @param adopted the weight that the objects had when this rollout took them over; null before anything was ordered of them, and
 *     where it took over none
 * @param desired what was ordered last (the newest order may leave it as it is)
 * @param driftActor who made the last hand edit that was put back
 */
public record Traffic(
        long generation,
        long known,
        Order order,
        Order interrupted,
        Weight adopted,
        Desired desired,
        List<RouteRun> routes,
        long driftCount,
        String driftActor) {
    public static final Traffic NONE = new Traffic(0, 0, null, null, null, Desired.NOTHING, List.of(), 0, null);

    public Traffic {
        routes = List.copyOf(routes);
    }

    public long sequence() {
        return order == null ? 0 : order.sequence();
    }

    /** The last weight ordered. */
    public Weight weight() {
        return desired.weight();
    }

    public boolean isApplied() {
        return order != null && routes.stream().allMatch(RouteRun::isApplied);
    }

    public boolean isAwaited() {
        return order != null && !isApplied();
    }

    public boolean isSilent() {
        return routes.stream().anyMatch(RouteRun::isSilent);
    }

    /** The highest weight that any route carries; null before the first report. */
    public Weight applied() {
        return routes.stream()
                .map(RouteRun::applied)
                .filter(weight -> weight != null)
                .max(Weight::compareTo)
                .orElse(null);
    }

    public boolean isAnsweredBy(WeightReport report) {
        return order != null
                && report.generation() == generation
                && report.sequence() == order.sequence()
                && Objects.equals(report.weight(), order.weight())
                && has(report.route());
    }

    public RouteRun find(String route) {
        return routes.stream()
                .filter(candidate -> candidate.identity().equals(route))
                .findFirst()
                .orElseThrow();
    }

    public boolean has(String route) {
        return routes.stream().anyMatch(candidate -> candidate.identity().equals(route));
    }

    public Traffic began(long newGeneration, long knownBefore, List<RouteRun> on) {
        return new Traffic(newGeneration, knownBefore, null, null, null, Desired.NOTHING, on, 0, null);
    }

    public Traffic ordered(Order next) {
        return new Traffic(
                generation,
                known,
                next,
                next.isFenceOnly() ? interrupted : null,
                isAdopted() && next.desired() != null ? applied() : adopted,
                next.desired() == null ? desired : next.desired(),
                routes.stream().map(route -> route.ordered(next)).toList(),
                driftCount,
                driftActor);
    }

    public Traffic repeated(Order again) {
        return new Traffic(generation, known, again, interrupted, adopted, desired, routes, driftCount, driftActor);
    }

    /** A fence-only order asks which backend is the active one: the object's annotation says it (B43). */
    public Traffic answered(WeightReport report) {
        var learns = order != null && order.isFenceOnly() && report.by() != null;
        return onRoute(report.route(), route -> {
            var after = route.after(report);
            return learns ? after.withActive(report.by().active()) : after;
        });
    }

    /** Something else runs behind its backends. */
    public Traffic seeing(WeightReport report) {
        return onRoute(report.route(), route -> route.seeing(report));
    }

    /** A route that is only watched carries what another tool has set. */
    public Traffic observing(WeightReport report) {
        return onRoute(report.route(), route -> route.observing(report));
    }

    /** More or fewer endpoints are ready behind its backends. */
    public Traffic counting(WeightReport report) {
        return onRoute(report.route(), route -> route.counting(report));
    }

    /** Every route went back, or was left alone because nothing of this generation is in its object. */
    public boolean isBack() {
        return order != null && routes.stream().allMatch(route -> route.isApplied() || route.isLeftAlone());
    }

    /** An applier has carried out the order that lets go of this route. */
    public boolean isReleased(String route) {
        return order != null && order.end() == End.RELEASE && find(route).isApplied();
    }

    public boolean isLeftAlone() {
        return !routes.isEmpty() && routes.stream().allMatch(RouteRun::isLeftAlone);
    }

    /** No weight was ordered yet: the object's own, taken over as it was, is in force. */
    public boolean isAdopted() {
        return order != null && order.begin() && order.desired() == null;
    }

    /** Below this no step lowers what a rollout took over (B51); null: it took over nothing. */
    public Weight floor() {
        return isAdopted() ? applied() : adopted;
    }

    /** How long every route's looks found the active backend empty; null where one of them didn't. */
    public Duration activeEmptyFor() {
        var shortest = routes.stream().map(RouteRun::activeEmptyFor).toList();
        return shortest.stream().anyMatch(Objects::isNull)
                ? null
                : shortest.stream().min(Comparator.naturalOrder()).orElse(null);
    }

    /** A route's object names its active backend, and may say that it is as Sluice wrote it. */
    public Traffic learnt(String route, UnaryOperator<RouteRun> change) {
        return onRoute(route, change);
    }

    public Traffic drifted(String actor) {
        return new Traffic(generation, known, order, interrupted, adopted, desired, routes, driftCount + 1, actor);
    }

    /**
     * Under a generation above the fence found. What was ordered is kept to be issued again; what is in the objects has
     * to be seen anew, for the engine that issued that fence may have moved any of them (B43).
     */
    public Traffic raised(long newGeneration, String route, String active) {
        var again = interrupted == null ? order : interrupted;
        var doubted = routes.stream().map(RouteRun::doubted).toList();
        return new Traffic(newGeneration, known, order, again, adopted, desired, doubted, driftCount, driftActor)
                .onRoute(route, run -> run.withActive(active));
    }

    private Traffic onRoute(String identity, UnaryOperator<RouteRun> change) {
        var changed = routes.stream()
                .map(route -> route.identity().equals(identity) ? change.apply(route) : route)
                .toList();
        return new Traffic(generation, known, order, interrupted, adopted, desired, changed, driftCount, driftActor);
    }
}
