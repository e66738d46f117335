package dev.sluice.applier.mesh;

import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Objects;

/**
 * The rules of a Gateway API route, or of one that is made like it: {@code spec.rules[].backendRefs[]}, whose weights go up
 * to 1,000,000.
 */
final class BackendRefs {
    private static final int MOST = 1_000_000;

    private BackendRefs() {}

    static Moved moved(Document object, WeightOrder order) {
        var rules = OwnRules.others(object, object.list("spec", "rules")).stream()
                .map(rule -> Moved.Rule.of(rule, backends(rule, order)))
                .toList();
        return Moved.of(rules, RouteIdentity.parse(order.route()).orElseThrow().rule(), order, "rule");
    }

    /** Rules of Sluice's own in the same object. */
    static RuleForm form(WeightOrder order, RouteRules.Shape shape) {
        return new RouteRules(
                object -> List.of(object.items("spec", "rules")),
                object -> moved(object, order),
                ref -> service(ref, order),
                order.canary(),
                shape);
    }

    private static Backends backends(Document rule, WeightOrder order) {
        List<Document> refs = rule.list("backendRefs");
        return new Backends(refs, order, new WeightKey(ref -> service(ref, order), 1).upTo(MOST));
    }

    /** A Service of the route's own namespace is named by its name alone; whatever else is listed has a share as well. */
    private static String service(Document ref, WeightOrder order) {
        var group = Objects.requireNonNullElse(ref.text("group"), "");
        var isService = (group.isEmpty() || group.equals("core"))
                && Objects.requireNonNullElse(ref.text("kind"), "Service").equals("Service");
        var namespace = Objects.requireNonNullElse(ref.text("namespace"), order.namespace());
        if (!isService) {
            return group + "/" + ref.text("kind") + "/" + namespace + "/" + ref.text("name");
        }
        return namespace.equals(order.namespace()) ? ref.text("name") : namespace + "/" + ref.text("name");
    }
}
