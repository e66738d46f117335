package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Confirmation;
import dev.sluice.applier.mesh.RouteRules.Copies;
import dev.sluice.applier.mesh.RouteRules.Limits;
import dev.sluice.applier.mesh.RouteRules.Shape;
import dev.sluice.schemas.message.WeightOrder;
import java.util.List;
import java.util.Optional;

/**
 * Linkerd's own HTTPRoute ({@code policy.linkerd.io}, made like Gateway API's) and its ServiceProfile ({@code
 * spec.dstOverrides[].weight}). Of an override with weight 0 the proxy takes no notice, so a ServiceProfile whose weights
 * are all 0 sends everything to its own Service.
 */
public class Linkerd implements InPlace {
    private static final Kind ROUTE =
            Kind.namespaced("policy.linkerd.io", "httproutes", "HTTPRoute", "v1beta3", "v1beta2");
    private static final Kind PROFILE = Kind.namespaced("linkerd.io", "serviceprofiles", "ServiceProfile", "v1alpha2");

    /** Larger ones overflow in what the proxies are told: ten-thousandths of a weight, in 32 bits. */
    static final int MOST = 429_496;

    private static final int MATCHES = 8;
    private static final Shape RULES = new Shape(
            new HttpMatches(false), null, new Limits(Integer.MAX_VALUE, MATCHES, Integer.MAX_VALUE), Copies.NONE);

    @Override
    public String name() {
        return "linkerd";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(ROUTE, PROFILE);
    }

    @Override
    public List<List<String>> fields(WeightOrder order) {
        return List.of(List.of("spec", "rules"), List.of("spec", "dstOverrides"));
    }

    @Override
    public Moved moved(Document object, WeightOrder order) {
        if (!PROFILE.kind().equals(object.text("kind"))) {
            return BackendRefs.moved(object, order);
        }
        var form = new WeightKey(override -> service(override.text("authority"), order), 0).upTo(MOST);
        var overrides = new Backends(object.list("spec", "dstOverrides"), order, form);
        return Moved.of(List.of(Moved.Rule.of(overrides)), null, order, "dstOverride");
    }

    @Override
    public Optional<RuleForm> ruleForm(Document object, WeightOrder order) {
        return PROFILE.kind().equals(object.text("kind"))
                ? Optional.empty()
                : Optional.of(BackendRefs.form(order, RULES));
    }

    @Override
    public Confirmation confirmation(Document object) {
        var conditions = object.list("status", "parents").stream()
                .flatMap(parent -> parent.list("conditions").stream())
                .toList();
        return Conditions.say(object, conditions, "Accepted");
    }

    /** {@code checkout.shop.svc.cluster.local:8080} is the Service {@code checkout}. */
    private static String service(String authority, WeightOrder order) {
        if (authority == null) {
            return null;
        }
        var host = authority.split(":", 2)[0];
        var suffix = "." + order.namespace() + ".svc.";
        return host.contains(suffix) ? host.substring(0, host.indexOf(suffix)) : host;
    }
}
