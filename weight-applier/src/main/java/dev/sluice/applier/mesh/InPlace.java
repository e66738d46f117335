package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mesh whose weights stand in lists of one object that is the user's: only numbers are changed in it. */
interface InPlace extends Mesh {
    /** The object's lists that an order's route moves; changes of them change the object. */
    Moved moved(Document object, WeightOrder order);

    /** How rules of Sluice's own are written into the object; empty where it can carry nothing beside weights. */
    default Optional<RuleForm> ruleForm(Document object, WeightOrder order) {
        return Optional.empty();
    }

    @Override
    default Traits traits(WeightOrder order) {
        return Traits.EDITED;
    }

    @Override
    default Routed read(RouteObjects objects, WeightOrder order) {
        var object = objects.main();
        return ruleForm(object, order)
                .map(form -> new OwnRules(form, order).read(object))
                .orElseGet(() -> moved(object, order).routed(order))
                .confirmed(confirmation(object));
    }

    /** What the mesh says in the object's status of the object as it is; null where it says nothing. */
    default Confirmation confirmation(Document object) {
        return null;
    }

    @Override
    default List<Write> plan(RouteObjects objects, Placement placement) {
        var planned = placement.weight() == null
                ? withoutWeight(objects.main(), placement.order())
                : planned(objects.main(), placement.order(), placement.weight());
        return List.of(new Write.Update(objects.mainRef(), planned));
    }

    private Document withoutWeight(Document object, WeightOrder order) {
        return ruleForm(object, order)
                .map(form -> new OwnRules(form, order).withoutWeight(object))
                .orElseGet(object::copy);
    }

    private Document planned(Document object, WeightOrder order, Weight weight) {
        return ruleForm(object, order)
                .map(form -> new OwnRules(form, order).planned(object, weight))
                .orElseGet(() -> {
                    var changed = object.copy();
                    moved(changed, order).put(weight);
                    return changed;
                });
    }

    /** The Service that the entry names for a backend, where it names one; else the backend's own name. */
    @Override
    default String service(WeightOrder order, String backend) {
        var services = entry(order).at("services");
        return services instanceof Map<?, ?> map && map.get(backend) instanceof String service ? service : backend;
    }
}
