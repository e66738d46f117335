package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import dev.sluice.schemas.message.WeightOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The canary's Service, where an entry says by which labels its pods are known and leaves the Service to Sluice: with the ports
 * of the active one. It is made with the beginning, and goes with the route's own object. As long as it may have traffic it is left
 * as it is.
 *
 * @param ref its name is the file's, whichever role its backend has by now
 * @param model the other Service
 */
record CanaryService(ObjectRef ref, ObjectRef model, Map<String, Object> selector, WeightOrder order) {

    /** Empty where the entry has no selector for one. */
    @SuppressWarnings("unchecked")
    static Optional<CanaryService> of(Document entry, WeightOrder order) {
        return entry.at("canarySelector") instanceof Map<?, ?> selector
                ? Optional.of(new CanaryService(
                        ref(entry.text("canaryServiceName"), order),
                        ref(entry.text("activeServiceName"), order),
                        new TreeMap<>((Map<String, Object>) selector),
                        order))
                : Optional.empty();
    }

    private static ObjectRef ref(String name, WeightOrder order) {
        return new ObjectRef(Selectors.SERVICE, order.namespace(), name);
    }

    List<ObjectRef> refs() {
        return List.of(ref, model);
    }

    /** Why it can't be Sluice's, with what to do. A way back has nothing to do with it. */
    Optional<String> flaw(RouteObjects objects) {
        if (!order.begin() || order.end() != null) {
            return Optional.empty();
        }
        var there = OwnObject.standing(objects, ref);
        if (there.isPresent()) {
            return OwnObject.isOf(there.get(), order)
                    ? Optional.empty()
                    : Optional.of("a Service " + ref.namespace() + "/" + ref.name()
                            + " is there and Sluice did not make it for this route: leave canarySelector out, or name"
                            + " another as canaryServiceName");
        }
        return objects.get(model).isPresent()
                ? Optional.empty()
                : Optional.of("the Service " + model.namespace() + "/" + model.name()
                        + " isn't there, whose ports the canary's is to have: create it");
    }

    /** Before anything is routed to it. One that has been the active backend since is nobody's to change. */
    Optional<Write> write(RouteObjects objects, Placement placement) {
        if (!order.begin()
                || order.end() != null
                || !placement.owned()
                || flaw(objects).isPresent()) {
            return Optional.empty();
        }
        var there = OwnObject.standing(objects, ref);
        if (there.isEmpty()) {
            var made = OwnObject.made(objects, ref, order);
            made.open("spec").putAll(Map.of("selector", selector, "ports", ports(objects)));
            return Optional.of(new Write.Create(ref, made));
        }
        if (!order.canary().equals(ref.name()) || selector.equals(there.get().at("spec", "selector"))) {
            return Optional.empty();
        }
        var changed = there.get().copy();
        changed.open("spec").put("selector", selector);
        return Optional.of(new Write.Update(ref, changed));
    }

    /** What the cluster gives out of its own stock is left for it to give again. */
    private List<Object> ports(RouteObjects objects) {
        var ports = new ArrayList<>();
        for (var port : objects.get(model).orElseThrow().list("spec", "ports")) {
            var own = new LinkedHashMap<>(port.content());
            own.remove("nodePort");
            ports.add(own);
        }
        return ports;
    }

    /** With the split, which is removed only where the other Service is the active one. */
    Optional<Write> remove(RouteObjects objects) {
        return OwnObject.standing(objects, ref)
                .filter(there -> OwnObject.isOf(there, order))
                .map(there -> new Write.Delete(ref, there));
    }
}
