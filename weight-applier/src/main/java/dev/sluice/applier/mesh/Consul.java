package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.List;

/**
 * Consul's ServiceSplitter: {@code spec.splits[].weight}, 0 where it is absent. Weights add up to exactly 100, with at most
 * two decimals; whole numbers where there are more than two, since Consul's webhook adds them up as floats.
 */
public class Consul implements InPlace {
    private static final Kind KIND =
            Kind.namespaced("consul.hashicorp.com", "servicesplitters", "ServiceSplitter", "v1alpha1");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");

    @Override
    public String name() {
        return "consul";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(KIND);
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "splits"));
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        var splits = object.list("spec", "splits");
        var hasSubsets = entry(order).at("subsets") != null;
        var form = new WeightKey(split -> backend(split, object, hasSubsets), 0);
        var unit = splits.size() > 2 ? BigDecimal.ONE : HUNDREDTH;
        var backends = new Backends(splits, order, new Totalled(form, HUNDRED, unit));
        return Moved.of(List.of(Moved.Rule.of(backends)), null, order, "split list");
    }

    @Override
    public Confirmation confirmation(Document object) {
        return Conditions.say(object, object.list("status", "conditions"), "Synced");
    }

    /** A split that names no service is of the splitter's own. */
    private static String backend(Document split, Document object, boolean hasSubsets) {
        var service = split.text("service");
        var own = object.text("metadata", "name");
        var subset = split.text("serviceSubset");
        if (hasSubsets) {
            return subset != null && (service == null || service.equals(own)) ? subset : String.valueOf(service);
        }
        return (service == null ? own : service) + (subset == null ? "" : "/" + subset);
    }
}
