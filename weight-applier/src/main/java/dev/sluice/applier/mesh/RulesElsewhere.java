package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
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
        if (there.isEmpty() && !isMade) {
            return order.match() == null ? weights : weights.beside(null, null, weights.affinity(), isMissing());
        }
        if (order.match() != null && there.filter(RulesElsewhere::isPaused).isPresent()) {
            return weights.beside(
                    null,
                    null,
                    weights.affinity(),
                    "the " + ref.kind().kind() + " " + ref.name() + " says " + Annotations.PAUSED
                            + ": \"true\"; remove it to go on");
        }
        var object = there.orElseGet(() -> OwnObject.made(objects, ref, order));
        var found = OwnRules.keepingNobody(form, order).read(form.spelledOut(object));
        return weights.beside(found.match(), null, weights.affinity(), order.match() == null ? null : found.unfit());
    }

    private String isMissing() {
        return "the " + ref.kind().kind() + " " + ref.name()
                + " isn't there, which is to send what matches to the canary: create it, or name another";
    }

    private static boolean isPaused(Document object) {
        return "true".equals(object.text("metadata", "annotations", Annotations.PAUSED));
    }

    /**
     * This object's write around those of the weights. Where requests are to match, their rule comes first: the main object
     * says by its fence that all is done. A way back begins with the weights, which nothing else may hold up.
     */
    List<Write> plan(List<Write> ofWeights, RouteObjects objects, Placement placement) {
        if (placement.weight() == null) {
            return ofWeights;
        }
        var own = write(objects, placement.order(), placement.weight());
        return placement.order().match() == null
                ? Stream.concat(ofWeights.stream(), own).toList()
                : Stream.concat(own, ofWeights.stream()).toList();
    }

    private Stream<Write> write(RouteObjects objects, WeightOrder order, Weight weight) {
        var there = OwnObject.standing(objects, ref);
        if (there.isEmpty()) {
            var made = isMade && order.match() != null
                    ? planned(OwnObject.made(objects, ref, order), order, weight)
                    : null;
            return made == null || hasNoRules(made) ? Stream.empty() : Stream.of(new Write.Create(ref, made));
        }
        if (isPaused(there.get())) {
            return Stream.empty();
        }
        var planned = planned(there.get(), order, weight);
        if (isMade && OwnObject.isOf(there.get(), order)) {
            if (hasNoRules(planned)) {
                return Stream.of(new Write.Delete(ref, there.get()));
            }
            if (order.match() == null) {
                OwnObject.handOver(planned, order);
            }
        }
        return planned.equals(there.get()) ? Stream.empty() : Stream.of(new Write.Update(ref, planned));
    }

    private Document planned(Document object, WeightOrder order, Weight weight) {
        return form.shortened(OwnRules.keepingNobody(form, order).planned(form.spelledOut(object), weight));
    }

    private boolean hasNoRules(Document object) {
        return form.lists(object).stream().allMatch(List::isEmpty);
    }
}
