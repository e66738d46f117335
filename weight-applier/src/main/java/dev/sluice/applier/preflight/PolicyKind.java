package dev.sluice.applier.preflight;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.schemas.message.WeightOrder;
import java.util.Map;
import java.util.stream.Stream;

/** Kinds of objects that say how a backend is to be treated, beside the routing: one that names only one of both is suspect. */
public enum PolicyKind {
    DESTINATION_RULE(
            Kind.namespaced("networking.istio.io", "destinationrules", "DestinationRule", "v1", "v1beta1", "v1alpha3"),
            Target.HOST),
    AUTHORIZATION_POLICY(
            Kind.namespaced("security.istio.io", "authorizationpolicies", "AuthorizationPolicy", "v1", "v1beta1"),
            Target.PODS,
            "spec",
            "selector"),
    NETWORK_POLICY(
            Kind.namespaced("networking.k8s.io", "networkpolicies", "NetworkPolicy", "v1"),
            Target.PODS,
            "spec",
            "podSelector"),
    DISRUPTION_BUDGET(
            Kind.namespaced("policy", "poddisruptionbudgets", "PodDisruptionBudget", "v1"),
            Target.PODS,
            "spec",
            "selector"),
    AUTOSCALER(
            Kind.namespaced("autoscaling", "horizontalpodautoscalers", "HorizontalPodAutoscaler", "v2", "v1"),
            Target.WORKLOAD),
    SCALED_OBJECT(Kind.namespaced("keda.sh", "scaledobjects", "ScaledObject", "v1alpha1"), Target.WORKLOAD);

    /** By what a policy says whom it is for. */
    enum Target {
        HOST,
        PODS,
        WORKLOAD
    }

    private final Kind kind;
    private final Target target;
    private final String[] selector;

    PolicyKind(Kind kind, Target target, String... selector) {
        this.kind = kind;
        this.target = target;
        this.selector = selector;
    }

    public Kind kind() {
        return kind;
    }

    Target target() {
        return target;
    }

    /**
     * Whether such a policy can say anything of the order's backends. Where replicas are the weight, what scales is in the
     * way of both.
     */
    public boolean concerns(Mesh mesh, WeightOrder order) {
        return target != Target.WORKLOAD
                || (Workload.of(order, "active") != null && !mesh.traits(order).scaled());
    }

    /** Null where the policy's selector says more than labels: whom it covers can't be told from them. */
    Selector podsOf(Document policy) {
        var expressions = Stream.concat(Stream.of(selector), Stream.of("matchExpressions"))
                .toArray(String[]::new);
        if (!policy.list(expressions).isEmpty()) {
            return null;
        }
        return Selector.at(
                policy,
                Stream.concat(Stream.of(selector), Stream.of("matchLabels")).toArray(String[]::new));
    }

    /** What scales, by kind and name. */
    record Workload(String kind, String name) {
        /** Null where the order names none. */
        static Workload of(WeightOrder order, String backend) {
            return order.workload() != null
                            && order.workload().get(backend) instanceof Map<?, ?> named
                            && named.get("kind") instanceof String kind
                            && named.get("name") instanceof String name
                    ? new Workload(kind, name)
                    : null;
        }

        static Workload scaledBy(Document policy) {
            var kind = policy.text("spec", "scaleTargetRef", "kind");
            // KEDA's own default
            return new Workload(kind == null ? "Deployment" : kind, policy.text("spec", "scaleTargetRef", "name"));
        }
    }
}
