package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Rules of Sluice's own in another object than the one with the weights: in that by which requests come to these. It is
 * written only where something of Sluice's is put into it, changed or taken out.
 *
 * @param isMade whether Sluice makes the object where it isn't there, and removes it once nothing is left in it
 */
record RulesElsewhere(ObjectRef ref, RuleForm form, boolean isMade) {

    /** What the object with the weights does, and this one beside. */
    Routed read(Routed weights, RouteObjects objects, WeightOrder order) {
        var there = OwnObject.standing(objects, ref);
        var unserved = OwnObject.unserved(objects, ref);
        if (there.isEmpty() && (!isMade || unserved.isPresent())) {
            var flaw = order.match() == null ? null : unserved.orElseGet(this::isMissing);
            return weights.beside(null, null, weights.affinity(), flaw);
        }
        var object = there.orElseGet(() -> OwnObject.made(objects, ref, order));
        var found = OwnRules.keepingNobody(form, order).read(form.spelledOut(object));
        return weights.beside(found.match(), null, weights.affinity(), flaw(object, found, order));
    }

    /** A pause matters where something is to be written; the weights of a way back are written all the same. */
    private String flaw(Document object, Routed found, WeightOrder order) {
        var isHeldUp = Marks.isPaused(object) && !Objects.equals(found.match(), order.match());
        if (order.match() == null) {
            var isBack = order.weight() != null && order.weight().isZero();
            return isHeldUp && isBack ? OwnObject.paused(ref) : null;
        }
        return found.unfit() == null && isHeldUp ? OwnObject.paused(ref) : found.unfit();
    }

    private String isMissing() {
        return "the " + ref.kind().kind() + " " + ref.name()
                + " isn't there, which is to send what matches to the canary: create it, or name another";
    }

    /**
     * This object's write around those of the weights. Where requests are to match, their rule comes first: the main object
     * says by its fence that all is done; so too where a route is let go of, with the weights that it has. A way back
     * begins with the weights, which nothing else may hold up.
     */
    List<Write> plan(List<Write> ofWeights, RouteObjects objects, Placement placement) {
        var order = placement.order();
        if (placement.weight() == null && order.end() == null) {
            return ofWeights;
        }
        var own = write(objects, order, placement.weight());
        return placement.weight() != null && order.match() == null
                ? Stream.concat(ofWeights.stream(), own).toList()
                : Stream.concat(own, ofWeights.stream()).toList();
    }

    /** @param weight null where the route is let go of: then nothing of Sluice's stays */
    private Stream<Write> write(RouteObjects objects, WeightOrder order, Weight weight) {
        var isNothing = weight == null || order.match() == null;
        var there = OwnObject.standing(objects, ref);
        if (there.isEmpty()) {
            var made = isMade && !isNothing && OwnObject.unserved(objects, ref).isEmpty()
                    ? planned(OwnObject.made(objects, ref, order), order, weight)
                    : null;
            return made == null || hasNoRules(made) ? Stream.empty() : Stream.of(new Write.Create(ref, made));
        }
        if (Marks.isPaused(there.get())) {
            return Stream.empty();
        }
        var planned = planned(there.get(), order, weight);
        if (isMade && OwnObject.isOf(there.get(), order)) {
            if (hasNoRules(planned)) {
                return Stream.of(new Write.Delete(ref, there.get()));
            }
            if (isNothing) {
                OwnObject.handOver(planned, order);
            }
        }
        return planned.equals(there.get()) ? Stream.empty() : Stream.of(new Write.Update(ref, planned));
    }

    private Document planned(Document object, WeightOrder order, Weight weight) {
        var own = OwnRules.keepingNobody(form, order);
        var whole = form.spelledOut(object);
        return form.shortened(weight == null ? own.withoutWeight(whole) : own.planned(whole, weight));
    }

    private boolean hasNoRules(Document object) {
        return form.lists(object).stream().allMatch(List::isEmpty);
    }
}
