package dev.sluice.applier.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where objects of a kind list weighted backends, and what a rollout file's entry for two of them looks like: told a second
 * time, by paths, so that the mesh classes are not their own witnesses.
 *
 * @param backend of the object and an entry of a list of it; null where it is none
 * @param entry of the object and two backends
 */
record WeightedLists(
        String mesh,
        String kind,
        Function<Document, List<List<Document>>> lists,
        BiFunction<Document, Document, String> backend,
        Entry entry) {

    interface Entry {
        Map<String, Object> of(Document object, String active, String canary);
    }

    static final List<WeightedLists> ALL = List.of(
            new WeightedLists(
                    "smi",
                    "TrafficSplit",
                    at("spec.backends"),
                    (object, item) -> item.text("service"),
                    (object, active, canary) -> Map.of(
                            "rootServiceName",
                            object.text("spec", "service"),
                            "activeServiceName",
                            active,
                            "canaryServiceName",
                            canary,
                            "trafficSplitName",
                            name(object))),
            refs("gatewayApi", "HTTPRoute"),
            refs("gatewayApi", "GRPCRoute"),
            refs("gatewayApi", "TCPRoute"),
            refs("gatewayApi", "TLSRoute"),
            refs("linkerd", "HTTPRoute"),
            new WeightedLists(
                    "linkerd",
                    "ServiceProfile",
                    at("spec.dstOverrides"),
                    (object, item) -> item.text("authority").split("\\.", 2)[0],
                    services("serviceProfile")),
            new WeightedLists(
                    "istio",
                    "VirtualService",
                    object -> Stream.of("http", "tls", "tcp")
                            .flatMap(protocol -> at("spec." + protocol + ".route").apply(object).stream())
                            .toList(),
                    (object, item) -> item.text("destination", "host") + "|"
                            + Objects.requireNonNullElse(item.text("destination", "subset"), ""),
                    WeightedLists::istio),
            new WeightedLists(
                    "consul",
                    "ServiceSplitter",
                    at("spec.splits"),
                    (object, item) -> Objects.requireNonNullElse(item.text("service"), name(object)) + "|"
                            + Objects.requireNonNullElse(item.text("serviceSubset"), ""),
                    WeightedLists::consul),
            new WeightedLists(
                    "appMesh",
                    "VirtualRouter",
                    at("spec.routes.*.action.weightedTargets"),
                    (object, item) -> item.text("virtualNodeRef", "name"),
                    (object, active, canary) -> Map.of(
                            "virtualRouter",
                            Map.of("name", name(object)),
                            "activeVirtualNode",
                            active,
                            "canaryVirtualNode",
                            canary)),
            new WeightedLists(
                    "kuma",
                    "MeshHTTPRoute",
                    at("spec.to.rules.default.backendRefs"),
                    (object, item) -> item.text("name").split("_", 2)[0],
                    services("meshHTTPRoute")),
            new WeightedLists(
                    "traefik",
                    "TraefikService",
                    at("spec.weighted.services"),
                    (object, item) -> item.text("name"),
                    services("traefikService")),
            new WeightedLists(
                    "contour",
                    "HTTPProxy",
                    object -> Stream.of("routes", "tcpproxy")
                            .flatMap(part -> at("spec." + part + ".services").apply(object).stream())
                            .toList(),
                    (object, item) -> Boolean.TRUE.equals(item.at("mirror")) ? null : item.text("name"),
                    services("httpProxy")),
            new WeightedLists(
                    "nginx",
                    "VirtualServer",
                    at("spec.routes.splits"),
                    (object, item) -> object.list("spec", "upstreams").stream()
                            .filter(upstream -> Objects.equals(upstream.text("name"), item.text("action", "pass")))
                            .map(upstream -> upstream.text("service"))
                            .findFirst()
                            .orElse(null),
                    services("virtualServer")),
            new WeightedLists(
                    "openshift",
                    "Route",
                    object -> List.of(Stream.concat(
                                    at("spec.to").apply(object).stream().flatMap(List::stream),
                                    object.list("spec", "alternateBackends").stream())
                            .toList()),
                    (object, item) -> item.text("name"),
                    services("route")));

    private static WeightedLists refs(String mesh, String kind) {
        return new WeightedLists(
                mesh,
                kind,
                at("spec.rules.backendRefs"),
                (object, item) -> item.text("name"),
                (object, active, canary) -> Map.of(
                        "route",
                        Map.of("kind", kind, "name", name(object)),
                        "activeService",
                        active,
                        "canaryService",
                        canary));
    }

    private static Entry services(String key) {
        return (object, active, canary) ->
                Map.of(key, Map.of("name", name(object)), "activeService", active, "canaryService", canary);
    }

    /** Of one host two subsets, of two hosts whatever subsets. */
    private static Map<String, Object> istio(Document object, String active, String canary) {
        var one = active.split("\\|", -1);
        var other = canary.split("\\|", -1);
        var service = Map.of("name", name(object));
        return one[0].equals(other[0])
                ? Map.of(
                        "virtualService",
                        service,
                        "serviceName",
                        one[0],
                        "destinationRule",
                        Map.of("name", "rule", "activeSubsetName", one[1], "canarySubsetName", other[1]))
                : Map.of("virtualService", service, "activeService", one[0], "canaryService", other[0]);
    }

    private static Map<String, Object> consul(Document object, String active, String canary) {
        var one = active.split("\\|", -1);
        var other = canary.split("\\|", -1);
        var splitter = Map.of("name", name(object));
        return one[0].equals(other[0])
                ? Map.of("serviceSplitter", splitter, "activeSubset", one[1], "canarySubset", other[1])
                : Map.of("serviceSplitter", splitter, "activeService", one[0], "canaryService", other[0]);
    }

    static String name(Document object) {
        return Objects.requireNonNullElse(object.text("metadata", "name"), "example");
    }

    /** The lists at a path that goes through lists as if they weren't there; {@code *} is any name. */
    private static Function<Document, List<List<Document>>> at(String path) {
        return object -> {
            var here = List.<Object>of(object.content());
            for (var name : path.split("\\.")) {
                var next = new ArrayList<Object>();
                for (var value : here) {
                    step(value, name, next);
                }
                here = next;
            }
            return here.stream()
                    .map(value -> new Document(Map.of("list", value instanceof List ? value : List.of(value))))
                    .map(found -> found.list("list"))
                    .toList();
        };
    }

    private static void step(Object value, String name, List<Object> next) {
        if (value instanceof List<?> items) {
            items.forEach(item -> step(item, name, next));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> {
                if (item != null && (name.equals("*") || name.equals(key))) {
                    next.add(item);
                }
            });
        }
    }
}
