package dev.sluice.applier.preflight;

import dev.sluice.applier.mesh.Document;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.rollout.Readiness;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whether the Services that a route names are there, are alike, and lead to different pods that are ready. */
final class Backends {
    private final Seen seen;
    private final String active;
    private final String canary;

    private Backends(Seen seen) {
        this.seen = seen;
        this.active = seen.order().active();
        this.canary = seen.order().canary();
    }

    static List<Finding> findings(Seen seen) {
        var backends = new Backends(seen);
        return Stream.of(
                        backends.missing(),
                        backends.ports(),
                        backends.overlap(),
                        backends.roots(),
                        backends.endpoints(active(seen)),
                        backends.endpoints(seen.order().canary()))
                .flatMap(found -> found)
                .toList();
    }

    private static String active(Seen seen) {
        return seen.order().active();
    }

    /** Services whose traffic is divided: that of the mesh's own kind, and parents of a route (GAMMA). */
    static Set<String> roots(Seen seen) {
        var roots = new LinkedHashSet<String>();
        roots.add(seen.mesh().traits(seen.order()).fallback());
        if (seen.objects().main() != null) {
            seen.objects().main().list("spec", "parentRefs").stream()
                    .filter(parent -> "Service".equals(parent.text("kind")))
                    .filter(parent -> parent.text("namespace") == null
                            || parent.text("namespace").equals(seen.order().namespace()))
                    .forEach(parent -> roots.add(parent.text("name")));
        }
        roots.removeIf(Objects::isNull);
        return roots;
    }

    /** All Services by which a route's traffic goes. */
    static Set<String> services(Seen seen) {
        var services = roots(seen);
        Stream.of(active(seen), seen.order().canary())
                .map(seen::serviceOf)
                .filter(Objects::nonNull)
                .forEach(services::add);
        return services;
    }

    private Stream<Finding> missing() {
        return services(seen).stream()
                .filter(name -> seen.services().containsKey(name)
                        && seen.services().get(name).isEmpty())
                .filter(name -> !seen.mesh().makes(seen.order()).contains(name))
                .map(name -> Finding.error(
                        Code.SERVICE_MISSING,
                        "Service " + full(name) + " does not exist: create it, or correct the name"));
    }

    private Stream<Finding> ports() {
        if (!seen.hasTwoServices()) {
            return Stream.empty();
        }
        var ofActive = seen.serviceOf(active);
        var ofCanary = seen.serviceOf(canary);
        return Stream.concat(
                counterparts(ofActive, ofCanary),
                roots(seen).stream()
                        .filter(root -> !root.equals(ofActive) && !root.equals(ofCanary))
                        .flatMap(root -> Stream.concat(counterparts(root, ofActive), counterparts(root, ofCanary))));
    }

    /** What comes in by one Service's ports has to find them at the other. */
    private Stream<Finding> counterparts(String from, String to) {
        var first = seen.service(from);
        var second = seen.service(to);
        if (first == null || second == null) {
            return Stream.empty();
        }
        var there = named(second);
        return named(first).entrySet().stream().flatMap(port -> {
            if (!there.containsKey(port.getKey())) {
                return Stream.of(Finding.error(
                        Code.PORTS_DIFFER,
                        "Service " + full(to) + " has no port " + port.getKey() + ", which Service " + full(from)
                                + " has: add it"));
            }
            return port.getValue().equals(there.get(port.getKey()))
                    ? Stream.empty()
                    : Stream.of(Finding.warning(
                            Code.PORTS_DIFFER,
                            "port " + port.getKey() + " is named '" + there.get(port.getKey()) + "' by Service "
                                    + full(to) + " and '" + port.getValue() + "' by Service " + full(from)
                                    + ": meshes tell protocols by these names, so name it alike"));
        });
    }

    /** Names by number. */
    private static Map<String, String> named(Document service) {
        var named = new TreeMap<String, String>();
        service.list("spec", "ports")
                .forEach(port ->
                        named.put(String.valueOf(port.at("port")), Objects.requireNonNullElse(port.text("name"), "")));
        return named;
    }

    private Stream<Finding> overlap() {
        if (!seen.areToldApart()) {
            return Stream.empty();
        }
        var ofActive = seen.pods(active);
        var ofCanary = seen.pods(canary);
        if (!ofActive.isEmpty() && !ofCanary.isEmpty() && (ofActive.covers(ofCanary) || ofCanary.covers(ofActive))) {
            return overlap("by " + ofActive + " and " + ofCanary);
        }
        var common = new HashSet<>(seen.ready().getOrDefault(active, Set.of()));
        common.retainAll(seen.ready().getOrDefault(canary, Set.of()));
        return common.isEmpty() ? Stream.empty() : overlap(common.size() + " ready ones are behind both");
    }

    private Stream<Finding> overlap(String how) {
        return Stream.of(Finding.error(
                Code.BACKENDS_OVERLAP,
                seen.server(active) + " and " + seen.server(canary) + " lead to the same pods (" + how
                        + "), so that the canary would get traffic whatever its weight: give each a label of its own"));
    }

    private Stream<Finding> roots() {
        return roots(seen).stream()
                .filter(root -> seen.service(root) != null)
                .filter(root -> !root.equals(seen.serviceOf(active)) && !root.equals(seen.serviceOf(canary)))
                .flatMap(root -> oneSided(root, Selector.at(seen.service(root), "spec", "selector")));
    }

    private Stream<Finding> oneSided(String root, Selector selector) {
        var ofActive = seen.pods(active);
        var ofCanary = seen.pods(canary);
        if (selector.isEmpty() || ofActive.isEmpty() || ofCanary.isEmpty()) {
            return Stream.empty();
        }
        var isForActive = selector.covers(ofActive) && selector.excludes(ofCanary);
        var isForCanary = selector.covers(ofCanary) && selector.excludes(ofActive);
        return isForActive || isForCanary
                ? Stream.of(
                        Finding.warning(
                                Code.ROOT_ONE_SIDED,
                                "Service " + full(root) + ", whose traffic is divided, selects the pods of "
                                        + (isForActive ? active : canary)
                                        + " alone: clients outside of the mesh get no others; select by a label that both have"))
                : Stream.empty();
    }

    private Stream<Finding> endpoints(String backend) {
        var ready = seen.ready().get(backend);
        if (ready == null) {
            return Stream.empty();
        }
        if (backend.equals(active)) {
            return ready.isEmpty()
                    ? Stream.of(
                            Finding.warning(
                                    Code.NO_ENDPOINTS,
                                    "no endpoint is ready behind " + seen.server(active)
                                            + ", the active backend: a rollout begins once one is, unless this is a first deployment"))
                    : Stream.empty();
        }
        var readiness = Objects.requireNonNullElse(seen.order().readiness(), Readiness.DEFAULT);
        var needed = Math.max(1, readiness.minimum());
        if (ready.size() < needed) {
            return unready(ready.size() + " of " + needed + " endpoints are ready", "");
        }
        var there = seen.endpoints(canary);
        return readiness.percent() == null || there.isReady(readiness.percent())
                ? Stream.empty()
                : unready(
                        there.ready() + " of " + there.all() + " endpoints are ready",
                        ", " + readiness.percent() + " % asked");
    }

    private Stream<Finding> unready(String counted, String asked) {
        return Stream.of(Finding.warning(
                Code.NO_ENDPOINTS,
                counted + " behind " + seen.server(canary) + ", the canary" + asked
                        + ": it gets no traffic before they are"));
    }

    private String full(String service) {
        return seen.order().namespace() + "/" + service;
    }
}
