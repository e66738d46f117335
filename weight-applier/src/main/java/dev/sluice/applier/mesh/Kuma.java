package dev.sluice.applier.mesh;

import dev.sluice.applier.mesh.RouteRules.Copies;
import dev.sluice.applier.mesh.RouteRules.Limits;
import dev.sluice.applier.mesh.RouteRules.Shape;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kuma's MeshHTTPRoute: {@code spec.to[].rules[].default.backendRefs[].weight}, 1 where it is absent. Backends are
 * MeshServices, by their names; a name of the older form, {@code checkout_shop_svc_8080}, is the Service {@code checkout}.
 */
public class Kuma implements InPlace {
    private static final Kind KIND = Kind.namespaced("kuma.io", "meshhttproutes", "MeshHTTPRoute", "v1alpha1");

    private static final Copies COPIES = new Copies(List.of("percentage"), Kuma::share, true);
    private static final Shape RULES = new Shape(new HttpMatches(true), "default", Limits.NONE, COPIES);

    @Override
    public String name() {
        return "kuma";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(KIND);
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "to"));
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        var named = RouteIdentity.parse(order.route()).orElseThrow().rule();
        var form = new WeightKey(ref -> backend(ref, order), 1);
        var all = object.list("spec", "to").stream()
                .flatMap(to -> to.list("rules").stream())
                .toList();
        var rules = OwnRules.others(object, all).stream()
                .map(rule -> Moved.Rule.of(rule, new Backends(rule.list("default", "backendRefs"), order, form)))
                .toList();
        return Moved.of(rules, named, order, "rule");
    }

    @Override
    public Optional<RuleForm> ruleForm(Document object, WeightOrder order) {
        return Optional.of(new RouteRules(
                document -> document.list("spec", "to").stream()
                        .map(to -> to.items("rules"))
                        .toList(),
                document -> moved(document, order),
                ref -> backend(ref, order),
                order.canary(),
                RULES));
    }

    /** A number, or where it has decimals a text. */
    private static Map<String, Object> share(Weight share) {
        var percent = share.percent();
        return Map.of("percentage", percent.scale() > 0 ? percent.toPlainString() : percent.intValueExact());
    }

    private static String backend(Document ref, WeightOrder order) {
        var name = ref.text("name");
        return name == null ? String.valueOf(ref.at("labels")) : service(name, order);
    }

    private static String service(String name, WeightOrder order) {
        var older = "_" + order.namespace() + "_svc";
        return name != null && name.contains(older) ? name.substring(0, name.indexOf(older)) : name;
    }
}
