package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Map;

/** A mesh whose weights stand in lists of one object that is the user's: only numbers are changed in it. */
interface InPlace extends Mesh {
    /** The object's lists that an order's route moves; changes of them change the object. */
    Moved moved(Document object, WeightOrder order);

    @Override
    default Traits traits(WeightOrder order) {
        return Traits.EDITED;
    }

    @Override
    default Routed read(RouteObjects objects, WeightOrder order) {
        return moved(objects.main(), order).routed(order).confirmed(confirmation(objects.main()));
    }

    /** What the mesh says in the object's status of the object as it is; null where it says nothing. */
    default Confirmation confirmation(Document object) {
        return null;
    }

    @Override
    default List<Write> plan(RouteObjects objects, Placement placement) {
        var changed = objects.main().copy();
        if (placement.weight() != null) {
            moved(changed, placement.order()).put(placement.weight());
        }
        return List.of(new Write.Update(objects.mainRef(), changed));
    }

    /** The Service that the entry names for a backend, where it names one; else the backend's own name. */
    @Override
    default String service(WeightOrder order, String backend) {
        var services = entry(order).at("services");
        return services instanceof Map<?, ?> map && map.get(backend) instanceof String service ? service : backend;
    }
}
