package dev.sluice.applier.kubernetes;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Right;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.applier.mesh.Workload;
import dev.sluice.applier.preflight.Allowed;
import dev.sluice.applier.preflight.Check;
import dev.sluice.applier.preflight.PolicyKind;
import dev.sluice.applier.preflight.Seen;
import dev.sluice.schemas.message.WeightOrder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads what a check is about. What can't be read is left out, and named. */
final class PreflightReads {
    private static final int MOST_POLICIES = 500;
    private static final String ACCESS_REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final Discovery discovery;
    private final RoutingObjects objects;
    private final ReadyEndpoints endpoints;
    private final Api api;

    PreflightReads(Discovery discovery, RoutingObjects objects, ReadyEndpoints endpoints, Api api) {
        this.discovery = discovery;
        this.objects = objects;
        this.endpoints = endpoints;
        this.api = api;
    }

    /** @throws RuntimeException where the API server doesn't show the route's objects */
    Seen of(Match.Found found, WeightOrder order) {
        return new Reading(found.mesh(), order, found.objects(order)).seen();
    }

    private final class Reading {
        private final Mesh mesh;
        private final WeightOrder order;
        private final List<ObjectRef> refs;
        private final Set<ObjectRef> hidden = new HashSet<>();
        private final List<String> unread = new ArrayList<>();

        private Reading(Mesh mesh, WeightOrder order, List<ObjectRef> refs) {
            this.mesh = mesh;
            this.order = order;
            this.refs = refs;
        }

        private Seen seen() {
            var offered = new HashMap<String, List<String>>();
            var read = routeObjects(offered);
            var denied = denied();
            var first = new Seen(
                    order, mesh, read, hidden, offered, Map.of(), Map.of(), Map.of(), List.of(), denied, Map.of(),
                    List.of());
            var services = services(Check.services(first));
            var who = who(read);
            var ready = new HashMap<String, Set<String>>();
            var unready = new HashMap<String, Integer>();
            who.forEach((backend, some) -> {
                ready.put(backend, some.ready());
                unready.put(backend, some.count().unready());
            });
            return new Seen(
                    order, mesh, read, hidden, offered, services, ready, unready, absent(), denied, policies(), unread);
        }

        private RouteObjects routeObjects(Map<String, List<String>> offered) {
            var documents = new HashMap<ObjectRef, Document>();
            var versions = new HashMap<String, String>();
            for (var ref : refs) {
                var kind = ref.kind();
                var version = discovery.version(kind);
                if (version.isEmpty()) {
                    offered.put(kind.name(), offered(kind));
                } else {
                    versions.put(kind.name(), version.get());
                    shown(ref, version.get()).ifPresent(document -> documents.put(ref, document));
                }
            }
            return new RouteObjects(refs, documents, versions).beside(rivals());
        }

        private List<Document> rivals() {
            return mesh.rivals().stream()
                    .flatMap(kind -> optional(kind.name(), () -> rivals(kind)).orElse(List.of()).stream())
                    .toList();
        }

        private List<Document> rivals(Kind kind) {
            return discovery
                    .version(kind)
                    .map(version -> objects.list(kind, version, order.namespace()))
                    .orElse(List.of());
        }

        private Optional<Document> shown(ObjectRef ref, String version) {
            var shown = optional(ref.toString(), () -> objects.get(ref, version));
            if (shown.isEmpty()) {
                hidden.add(ref);
            }
            return shown.orElse(Optional.empty());
        }

        private List<String> offered(Kind kind) {
            return optional("which versions of " + kind.group() + " are served", () -> discovery.offered(kind))
                    .orElse(List.of());
        }

        private Map<String, Optional<Document>> services(Set<String> names) {
            var services = new HashMap<String, Optional<Document>>();
            for (var name : names) {
                optional("Service " + order.namespace() + "/" + name, () -> service(name))
                        .ifPresent(service -> services.put(name, service));
            }
            return services;
        }

        private Optional<Document> service(String name) {
            try {
                return Optional.of(
                        api.send("GET", "/api/v1/namespaces/" + order.namespace() + "/services/" + name, null));
            } catch (KubernetesClientException e) {
                if (e.getCode() == 404) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private Map<String, ReadyEndpoints.Who> who(RouteObjects read) {
            var all = new HashMap<String, ReadyEndpoints.Who>();
            for (var backend : List.of(order.active(), order.canary())) {
                var labels = mesh.labels(read, order, backend);
                var service = mesh.service(order, backend);
                if (service != null || !labels.isEmpty()) {
                    optional("endpoints of " + backend, () -> who(backend, service, labels))
                            .ifPresent(who -> all.put(backend, who));
                }
            }
            return all;
        }

        /** By labels they are counted, so that their words say no more than that they are different ones. */
        private ReadyEndpoints.Who who(String backend, String service, Map<String, String> labels) {
            if (labels.isEmpty()) {
                return endpoints.who(order.namespace(), service);
            }
            var count = endpoints.count(order.namespace(), service, labels);
            return new ReadyEndpoints.Who(
                    numbered(backend + " ", count.ready()), numbered(backend + " unready ", count.unready()));
        }

        private static Set<String> numbered(String words, int count) {
            return IntStream.range(0, count).mapToObj(number -> words + number).collect(Collectors.toSet());
        }

        /** But for the route's own objects, of which the rules speak. */
        private List<Workload> absent() {
            return Workload.of(order).values().stream()
                    .filter(workload -> !refs.contains(workload.ref()))
                    .filter(workload -> isAbsent(workload.ref()))
                    .toList();
        }

        private boolean isAbsent(ObjectRef ref) {
            return optional(
                            ref.toString(),
                            () -> objects.get(ref, ref.kind().versions().getFirst()))
                    .filter(Optional::isEmpty)
                    .isPresent();
        }

        private List<Right> denied() {
            return optional(
                            "the account's rights",
                            () -> Allowed.needed(mesh, order, refs, this::isServed).stream()
                                    .map(this::denied)
                                    .filter(right -> !right.verbs().isEmpty())
                                    .toList())
                    .orElse(List.of());
        }

        private boolean isServed(Kind kind) {
            return discovery.version(kind).isPresent();
        }

        private Right denied(Right right) {
            return new Right(
                    right.group(),
                    right.plural(),
                    right.verbs().stream()
                            .filter(verb -> !isAllowed(right, verb))
                            .toList());
        }

        private boolean isAllowed(Right right, String verb) {
            var resource = right.plural().split("/", 2);
            var asked = Map.of(
                    "namespace",
                    order.namespace(),
                    "group",
                    right.group(),
                    "resource",
                    resource[0],
                    "subresource",
                    resource.length == 2 ? resource[1] : "",
                    "verb",
                    verb);
            var review = Map.of(
                    "apiVersion",
                    "authorization.k8s.io/v1",
                    "kind",
                    "SelfSubjectAccessReview",
                    "spec",
                    Map.of("resourceAttributes", asked));
            return Boolean.TRUE.equals(api.send("POST", ACCESS_REVIEWS, review).at("status", "allowed"));
        }

        private Map<PolicyKind, List<Document>> policies() {
            var policies = new EnumMap<PolicyKind, List<Document>>(PolicyKind.class);
            for (var kind : PolicyKind.values()) {
                if (kind.concerns(mesh, order)) {
                    optional(kind.kind().name(), () -> policies(kind.kind()))
                            .ifPresent(found -> policies.put(kind, found));
                }
            }
            return policies;
        }

        private List<Document> policies(Kind kind) {
            return discovery
                    .version(kind)
                    .map(version -> api.send(
                                    "GET",
                                    "/" + kind.root(version) + "/namespaces/" + order.namespace() + "/" + kind.plural()
                                            + "?limit=" + MOST_POLICIES,
                                    null)
                            .list("items"))
                    .orElse(List.of());
        }

        /** An API server that nobody reaches leaves nothing to be said; what it doesn't show leaves the rest. */
        private <T> Optional<T> optional(String what, Supplier<T> read) {
            try {
                return Optional.of(read.get());
            } catch (KubernetesClientException e) {
                if (e.getCode() == 0) {
                    throw e;
                }
                unread.add(what + " (" + Failures.of(e).reason() + ")");
                return Optional.empty();
            }
        }
    }
}
