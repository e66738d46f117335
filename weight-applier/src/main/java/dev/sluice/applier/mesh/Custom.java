package dev.sluice.applier.mesh;

import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Any kind of object, by JSON pointers (RFC 6901) to its two weights, whole numbers that make a total. Where only the
 * canary's has a place, the active backend has what is left of it.
 */
public class Custom implements InPlace {
    private static final String NAME = "backend";
    private static final String POINTER = "pointer";

    @Override
    public String name() {
        return "custom";
    }

    /** Whatever the entry says. */
    @Override
    public List<Kind> kinds() {
        return List.of();
    }

    @Override
    public List<ObjectRef> objects(WeightOrder order, RouteIdentity route) {
        var entry = entry(order);
        var apiVersion = entry.text("apiVersion");
        var slash = apiVersion.indexOf('/');
        var kind = Kind.namespaced(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                entry.text("plural"),
                entry.text("kind"),
                apiVersion.substring(slash + 1));
        return kind.name().equals(route.kind()) ? List.of(ObjectRef.of(kind, route)) : List.of();
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        var names = new JsonPlace(null, entry(order).text("canaryPointer")).names();
        // lists are one field to the API server
        return List.of(names.stream().takeWhile(name -> !name.matches("\\d+")).toList());
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        var entry = entry(order);
        var places = List.of(
                place(entry.text("activeService"), entry.text("activePointer")),
                place(entry.text("canaryService"), entry.text("canaryPointer")));
        var total = new BigDecimal(entry.at("total").toString());
        var form = new Totalled(new Places(object, total, entry.text("canaryPointer")), total, BigDecimal.ONE);
        return Moved.of(List.of(Moved.Rule.of(new Backends(places, order, form))), null, order, "pair");
    }

    private static Document place(String backend, String pointer) {
        var place = new LinkedHashMap<String, Object>();
        place.put(NAME, backend);
        place.put(POINTER, pointer);
        return new Document(place);
    }

    /** Entries that say where in the object a weight stands. */
    private record Places(Document object, BigDecimal total, String canaryPointer) implements Backends.Form {
        @Override
        public String backend(Document entry) {
            return entry.text(NAME);
        }

        @Override
        public BigDecimal weight(Document entry) {
            var pointer = entry.text(POINTER);
            return pointer == null
                    ? Quantity.read(new JsonPlace(object, canaryPointer).value())
                            .map(share -> total.subtract(share).max(BigDecimal.ZERO))
                            .orElse(null)
                    : Quantity.read(new JsonPlace(object, pointer).value()).orElse(null);
        }

        @Override
        public void put(Document entry, Number weight) {
            var pointer = entry.text(POINTER);
            if (pointer != null) {
                new JsonPlace(object, pointer).put(weight);
            }
        }

        @Override
        public Object written(Document entry) {
            var pointer = entry.text(POINTER) == null ? canaryPointer : entry.text(POINTER);
            return new JsonPlace(object, pointer).value() + " at " + pointer;
        }
    }
}
