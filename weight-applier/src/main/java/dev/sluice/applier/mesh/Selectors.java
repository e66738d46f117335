package dev.sluice.applier.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.Selector;
import dev.sluice.schemas.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Switches the selector of the active backend's Service to the canary's, and back, for orders that ask for it: {@code
 * onPromoted: selector}. Whatever the mesh, these Services are objects of the route then. What the Service selected before is kept
 * in an annotation on it, with the rollout that switched it, so that only that one switches it back, once for all its routes.
 */
final class Selectors {
    static final Kind SERVICE = Kind.namespaced("", "services", "Service", "v1");

    /** Its Service's own selector, and which rollout switched it. */
    private record Memory(String rollout, Map<String, String> own) {}

    private Selectors() {}

    /** The objects of the route's mesh, and the Services where the order asks for one's selector. */
    static List<ObjectRef> beside(List<ObjectRef> objects, Mesh mesh, WeightOrder order) {
        return order.selector() == null || objects.isEmpty()
                ? objects
                : Stream.of(
                                objects.stream(),
                                ref(mesh, order, order.active()).stream(),
                                ref(mesh, order, order.canary()).stream())
                        .flatMap(refs -> refs)
                        .distinct()
                        .toList();
    }

    private static Optional<ObjectRef> ref(Mesh mesh, WeightOrder order, String backend) {
        return Optional.ofNullable(mesh.service(order, backend))
                .map(service -> new ObjectRef(SERVICE, order.namespace(), service));
    }

    /** What is routed, with what the active backend's Service selects. */
    static Routed read(Routed routed, Mesh mesh, RouteObjects objects, WeightOrder order) {
        return order.selector() == null
                ? routed
                : routed.selecting(selected(mesh, objects, order), unfit(mesh, objects, order));
    }

    private static Selector selected(Mesh mesh, RouteObjects objects, WeightOrder order) {
        var isAsked = ref(mesh, order, order.active()).stream().allMatch(objects.refs()::contains);
        var active = service(mesh, objects, order, order.active());
        var memory = active.flatMap(service -> memory(service, order));
        if (memory.isEmpty()) {
            return isAsked ? Selector.OWN : null;
        }
        var canary = service(mesh, objects, order, order.canary()).map(Selectors::selector);
        return canary.filter(selector(active.get())::equals)
                .map(same -> Selector.CANARY)
                .orElse(null);
    }

    /** Whether a person stopped writes to the Service that is to be switched; one that stays as it is holds nothing up. */
    static boolean isPaused(Mesh mesh, RouteObjects objects, WeightOrder order) {
        return order.selector() != null
                && order.selector() != selected(mesh, objects, order)
                && service(mesh, objects, order, order.active())
                        .filter(Marks::isPaused)
                        .isPresent();
    }

    private static String unfit(Mesh mesh, RouteObjects objects, WeightOrder order) {
        var active = ref(mesh, order, order.active());
        if (active.isEmpty() || active.equals(ref(mesh, order, order.canary()))) {
            return order.active() + " and " + order.canary()
                    + " have no Services of their own whose selectors could be switched: say onPromoted: swap or handback";
        }
        for (var backend : List.of(order.active(), order.canary())) {
            var service = service(mesh, objects, order, backend);
            var name = "Service " + order.namespace() + "/" + mesh.service(order, backend);
            if (service.isEmpty()) {
                return name + ", whose selector is asked for, does not exist: create it, or correct the name";
            }
            if (selector(service.get()).isEmpty()) {
                return name
                        + " has no selector that could be switched: give it one, or say onPromoted: swap or handback";
            }
        }
        return null;
    }

    /** Before the traffic goes to that Service, and before its own pods get any back. */
    static List<Write> plan(Mesh mesh, RouteObjects objects, WeightOrder order) {
        if (order.selector() == null || order.selector() == selected(mesh, objects, order)) {
            return List.of();
        }
        var active = service(mesh, objects, order, order.active());
        var next = active.flatMap(service -> toSelect(service, mesh, objects, order));
        if (next.isEmpty()) {
            return List.of();
        }
        var changed = active.get().copy();
        var annotations = changed.open("metadata", "annotations");
        switch (order.selector()) {
            case CANARY ->
                annotations.put(Annotations.SELECTOR, text(new Memory(order.rollout(), own(active.get(), order))));
            case OWN -> annotations.remove(Annotations.SELECTOR);
        }
        changed.open("spec").put("selector", new TreeMap<>(next.get()));
        return List.of(new Write.Update(ref(mesh, order, order.active()).orElseThrow(), changed));
    }

    private static Optional<Map<String, String>> toSelect(
            Document active, Mesh mesh, RouteObjects objects, WeightOrder order) {
        return switch (order.selector()) {
            case CANARY -> service(mesh, objects, order, order.canary()).map(Selectors::selector);
            case OWN -> Optional.of(own(active, order));
        };
    }

    private static Map<String, String> own(Document active, WeightOrder order) {
        return memory(active, order).map(Memory::own).orElseGet(() -> selector(active));
    }

    private static Optional<Document> service(Mesh mesh, RouteObjects objects, WeightOrder order, String backend) {
        return ref(mesh, order, backend).flatMap(objects::get);
    }

    static Map<String, String> selector(Document service) {
        var selector = new TreeMap<String, String>();
        if (service.at("spec", "selector") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> selector.put(String.valueOf(name), String.valueOf(value)));
        }
        return selector;
    }

    /** Empty where another rollout wrote it: to switch that one's back is nobody's order. */
    private static Optional<Memory> memory(Document service, WeightOrder order) {
        var text = service.text("metadata", "annotations", Annotations.SELECTOR);
        try {
            return Optional.ofNullable(text == null ? null : Json.mapper().readTree(text))
                    .filter(json -> json.path("own").isObject()
                            && Objects.equals(json.path("rollout").textValue(), order.rollout()))
                    .map(json -> new Memory(order.rollout(), own(json)));
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    private static Map<String, String> own(JsonNode memory) {
        var own = new TreeMap<String, String>();
        memory.path("own")
                .properties()
                .forEach(label -> own.put(label.getKey(), label.getValue().asText()));
        return own;
    }

    private static String text(Memory memory) {
        try {
            return Json.mapper().writeValueAsString(memory);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }
}
