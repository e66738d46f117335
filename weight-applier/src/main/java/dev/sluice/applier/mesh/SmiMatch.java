package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Routed.Pending;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Requests that match, in SMI. A split that names an HTTPRouteGroup divides those of the group only, and all others go to
 * the root Service. So the canary gets all that the split divides, and where the root Service is the active backend, that is
 * a match at weight 0; at 100 none is needed. Any weight between can't be said beside a match.
 *
 * <p>A split whose matches somebody takes out would give the canary all there is. So they are written first, while the
 * canary's weight is 0, and that is written only where they are seen to stand.
 *
 * @param group Sluice's own, of one match
 */
record SmiMatch(RouteObjects objects, ObjectRef group, WeightOrder order) {
    private static final Set<String> WITHOUT_MATCHES = Set.of("v1alpha1", "v1alpha2");
    private static final String KIND = "HTTPRouteGroup";
    private static final String BEGUN = "(begun)";

    /** @param literal what the split's numbers say, whatever requests they are of */
    Routed read(Routed literal) {
        var split = objects.main();
        // a group that a person paused stays behind, and sends nothing anywhere
        var hasOwn = isNarrowed(split) || remembers(split) || unpaused().isPresent();
        var flaw = order.match() == null ? null : flaw(split);
        var asOrdered = order.match() != null && flaw == null && (isNarrowing() ? isAsOrdered(literal) : !hasOwn);
        var match = asOrdered ? order.match() : hasOwn ? OwnRules.OTHER_MATCH : null;
        var isNext = isNarrowing() && flaw == null && isNarrowed(split) && isBegun(split);
        return Routed.by(isNarrowed(split) ? ofOthers(literal.weights()) : literal.weights(), literal.unfit())
                .beside(match, null, null, flaw)
                .with(isNext ? Pending.due(order.weight(), "all that matches on " + order.canary()) : null);
    }

    /** What becomes of requests that don't match: they go to the root Service. */
    private Map<String, BigDecimal> ofOthers(Map<String, BigDecimal> weights) {
        var others = new HashMap<String, BigDecimal>();
        weights.keySet().forEach(backend -> others.put(backend, BigDecimal.ZERO));
        others.put(objects.main().text("spec", "service"), Weight.FULL.percent());
        return others;
    }

    private boolean isAsOrdered(Routed literal) {
        return isNarrowed(objects.main())
                && !isBegun(objects.main())
                && objects.main().items("spec", "matches").size() == 1
                && literal.weights().entrySet().stream()
                        .allMatch(entry -> (entry.getValue().signum() > 0)
                                == entry.getKey().equals(order.canary()))
                && own().filter(this::isAsWanted).isPresent();
    }

    /** Whether the order takes a match to be carried out: at 100 all goes to the canary, whatever matches. */
    private boolean isNarrowing() {
        return order.match() != null
                && order.weight() != null
                && !order.weight().equals(Weight.FULL);
    }

    /**
     * The writes around that of the split. A group is there before a split names it, and gone after.
     *
     * @param weighted puts the weights of a placement into a split
     */
    List<Write> plan(Document split, Placement placement, Weighing weighted) {
        var changed = bare(split);
        if (placement.weight() == null || !isNarrowing() || flaw(split) != null) {
            // without the matches the canary would have all
            var isLetGo = placement.weight() == null && (isNarrowed(split) || remembers(split));
            var weights = write(weighted.put(changed, isLetGo ? at(Weight.ZERO, placement) : placement));
            return Stream.concat(Stream.of(weights), removed().stream()).toList();
        }
        var isSeen = isNarrowed(split);
        weighted.put(changed, at(isSeen ? Weight.FULL : Weight.ZERO, placement));
        changed.open("spec").put("matches", new ArrayList<>(List.of(named())));
        changed.open("metadata", "annotations").put(key(), isSeen ? group.name() : BEGUN);
        return Stream.concat(groupWrite().stream(), Stream.of(write(changed))).toList();
    }

    private Placement at(Weight weight, Placement placement) {
        return new Placement(order, weight, placement.fence(), placement.owned());
    }

    /** Of the group, where it is Sluice's. */
    Optional<Write> removed() {
        return unpaused().map(mine -> new Write.Delete(group, mine));
    }

    /** Of a placement's weight. */
    interface Weighing {
        Document put(Document split, Placement placement);
    }

    private Write write(Document split) {
        return objects.main() == null
                ? new Write.Create(objects.mainRef(), split)
                : new Write.Update(objects.mainRef(), split);
    }

    private Optional<Write> groupWrite() {
        var mine = own();
        if (mine.isEmpty()) {
            var made = OwnObject.made(objects, group, order);
            made.content().put("spec", wanted());
            return Optional.of(new Write.Create(group, made));
        }
        if (isAsWanted(mine.get()) || Marks.isPaused(mine.get())) {
            return Optional.empty();
        }
        var changed = mine.get().copy();
        changed.content().put("spec", wanted());
        return Optional.of(new Write.Update(group, changed));
    }

    private Optional<Document> own() {
        return OwnObject.standing(objects, group).filter(there -> OwnObject.isOf(there, order));
    }

    private Optional<Document> unpaused() {
        return own().filter(mine -> !Marks.isPaused(mine));
    }

    private boolean isAsWanted(Document mine) {
        return wanted().equals(mine.at("spec"));
    }

    private Map<String, Object> wanted() {
        var isList = "list".equals(entry().text("httpRouteGroup", "headers"));
        return new LinkedHashMap<>(
                Map.of("matches", new ArrayList<>(List.of(SmiConditions.of(order.match(), isList)))));
    }

    private Document entry() {
        return new Document(order.mesh().get("smi"));
    }

    private Map<String, Object> named() {
        var named = new LinkedHashMap<String, Object>();
        named.put("kind", KIND);
        named.put("name", group.name());
        return named;
    }

    // --- what is Sluice's in the split

    private String key() {
        return OwnMemory.key(order.route());
    }

    /** It names the group by now, and is to give the canary all of what is of that: the annotation says so. */
    private boolean isBegun(Document split) {
        return BEGUN.equals(split.text("metadata", "annotations", key()));
    }

    private boolean remembers(Document split) {
        return split.text("metadata", "annotations", key()) != null;
    }

    private boolean isNarrowed(Document split) {
        return (remembers(split) || own().isPresent())
                && split.list("spec", "matches").stream().anyMatch(this::isNamed);
    }

    private boolean isNamed(Document match) {
        return KIND.equals(match.text("kind")) && group.name().equals(match.text("name"));
    }

    private Document bare(Document split) {
        var bare = split.copy();
        if (isNarrowed(split)) {
            bare.items("spec", "matches").removeIf(item -> item instanceof Map<?, ?> map && isNamed(Document.of(map)));
            if (bare.items("spec", "matches").isEmpty()) {
                bare.open("spec").remove("matches");
            }
        }
        if (remembers(bare)) {
            bare.open("metadata", "annotations").remove(key());
        }
        return bare;
    }

    // --- what can't be

    /**
     * Why the match can't be carried, with what to do; null where it can.
     *
     * @param split as it is, or is to be made
     */
    String flaw(Document split) {
        if (!isNarrowing()) {
            return null;
        }
        if (!order.weight().isZero()) {
            return "SMI sends whatever doesn't match to the root Service, and so at no weight between 0 and 100: order the"
                    + " match at weight 0, or leave it out";
        }
        var version = version(split);
        if (WITHOUT_MATCHES.contains(version)) {
            return "the cluster serves TrafficSplits as " + version + ", which have no matches: leave the match out, or"
                    + " install v1alpha3 or v1alpha4 with a mesh that reads it";
        }
        var root = entry().text("rootServiceName");
        if (!order.active().equals(root)) {
            return "SMI sends whatever doesn't match to the root Service " + root + ", which is not the active backend "
                    + order.active() + ": leave the match out, or let the root Service be the active backend";
        }
        return ofSplit(bare(split)).or(this::ofGroup).orElse(null);
    }

    private static String version(Document split) {
        var version = String.valueOf(split.text("apiVersion"));
        return version.substring(version.indexOf('/') + 1);
    }

    private Optional<String> ofSplit(Document bare) {
        if (!bare.list("spec", "matches").isEmpty()) {
            return Optional.of(
                    "the split has matches of its own, of which no others can be told apart: take them out, or"
                            + " leave the rollout's out");
        }
        return bare.list("spec", "backends").stream()
                .filter(backend ->
                        !Set.of(order.active(), order.canary()).contains(String.valueOf(backend.text("service"))))
                .filter(backend -> Quantity.read(backend.at("weight"))
                        .filter(weight -> weight.signum() > 0)
                        .isPresent())
                .findFirst()
                .map(backend -> "the split gives " + backend.text("service")
                        + " a share, which would end while requests match: take it out, or leave the match out");
    }

    private Optional<String> ofGroup() {
        var unserved = OwnObject.unserved(objects, group);
        if (unserved.isPresent()) {
            return unserved;
        }
        var there = OwnObject.standing(objects, group);
        if (there.isPresent() && own().isEmpty()) {
            return Optional.of(
                    "an HTTPRouteGroup named " + group.name()
                            + " is there and Sluice did not make it for this route: name another as httpRouteGroup, or remove it");
        }
        return SmiConditions.flaw(order.match())
                .or(() -> own().filter(mine -> Marks.isPaused(mine) && !isAsWanted(mine))
                        .map(mine -> OwnObject.paused(group)));
    }
}
