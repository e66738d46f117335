package dev.sluice.applier.preflight;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.preflight.PolicyKind.Workload;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Policies that cover the active backend and not the canary: the canary would be treated otherwise than what it replaces. */
final class Policies {
    private final Seen seen;

    private Policies(Seen seen) {
        this.seen = seen;
    }

    static List<Finding> findings(Seen seen) {
        var policies = new Policies(seen);
        return Stream.of(PolicyKind.values())
                .filter(kind -> kind.concerns(seen.mesh(), seen.order()))
                .flatMap(policies::of)
                .toList();
    }

    private Stream<Finding> of(PolicyKind kind) {
        var all = seen.policies().getOrDefault(kind, List.of());
        var order = seen.order();
        return switch (kind.target()) {
            case HOST ->
                seen.hasTwoServices()
                        ? oneSided(
                                kind,
                                all,
                                policy -> isOfHost(policy, seen.serviceOf(order.active())),
                                policy -> isOfHost(policy, seen.serviceOf(order.canary())))
                        : Stream.empty();
            case PODS -> ofPods(kind, all);
            case WORKLOAD -> {
                var active = Workload.of(order, "active");
                var canary = Workload.of(order, "canary");
                yield active == null || canary == null || active.equals(canary)
                        ? Stream.empty()
                        : oneSided(
                                kind,
                                all,
                                policy -> active.equals(Workload.scaledBy(policy)),
                                policy -> canary.equals(Workload.scaledBy(policy)));
            }
        };
    }

    /** Sure in both directions, or nothing is said: a pod may carry more labels than its Service selects by. */
    private Stream<Finding> ofPods(PolicyKind kind, List<Document> all) {
        var active = seen.pods(seen.order().active());
        var canary = seen.pods(seen.order().canary());
        return active.isEmpty() || canary.isEmpty()
                ? Stream.empty()
                : oneSided(
                        kind,
                        all,
                        policy -> kind.podsOf(policy) != null
                                && kind.podsOf(policy).covers(active),
                        policy -> kind.podsOf(policy) == null
                                || !kind.podsOf(policy).excludes(canary));
    }

    private Stream<Finding> oneSided(
            PolicyKind kind, List<Document> all, Predicate<Document> coversActive, Predicate<Document> mayCoverCanary) {
        var covering = all.stream().filter(coversActive).toList();
        return covering.isEmpty() || all.stream().anyMatch(mayCoverCanary)
                ? Stream.empty()
                : Stream.of(Finding.warning(
                        Code.POLICY_ONE_SIDED,
                        "the " + kind.kind().kind() + " "
                                + covering.stream()
                                        .map(policy -> policy.text("metadata", "name"))
                                        .collect(Collectors.joining(", "))
                                + " covers " + seen.order().active() + ", the active backend, and none covers "
                                + seen.order().canary() + ", the canary: give it one too, unless this is meant"));
    }

    private boolean isOfHost(Document rule, String service) {
        var host = rule.text("spec", "host");
        var full = service + "." + seen.order().namespace();
        return host != null
                && (host.equals(service)
                        || host.equals(full)
                        || host.equals(full + ".svc")
                        || host.startsWith(full + ".svc.")
                        || (host.startsWith("*") && (full + ".svc.cluster.local").endsWith(host.substring(1))));
    }
}
