package dev.sluice.applier.mesh;

import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * OpenShift's Route: {@code spec.to.weight} and {@code spec.alternateBackends[].weight}, from 0 to 256, 100 where it is
 * absent. Where others have a part, the sum that the Route has is kept.
 */
public class OpenShift implements InPlace {
    private static final Kind KIND = Kind.namespaced("route.openshift.io", "routes", "Route", "v1");

    @Override
    public String name() {
        return "openshift";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(KIND);
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "to"), List.of("spec", "alternateBackends"));
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        var entries = Stream.concat(
                        object.at("spec", "to") instanceof Map
                                ? Stream.of(new Document(object.open("spec", "to")))
                                : Stream.empty(),
                        object.list("spec", "alternateBackends").stream())
                .toList();
        var form = new WeightKey(backend -> backend.text("name"), 100);
        var backends = new Backends(entries, order, new Totalled(form, total(entries, form, order), BigDecimal.ONE));
        return Moved.of(List.of(Moved.Rule.of(backends)), null, order, "backend list");
    }

    private static BigDecimal total(List<Document> entries, WeightKey form, WeightOrder order) {
        var hasOthers = entries.stream()
                .anyMatch(entry -> !order.active().equals(form.backend(entry))
                        && !order.canary().equals(form.backend(entry)));
        return hasOthers
                ? entries.stream()
                        .map(form::weight)
                        .filter(weight -> weight != null)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                : BigDecimal.valueOf(100);
    }
}
