package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** What Argo Rollouts' {@code trafficRouting} names, as entries of the rollout file. */
final class ArgoRoutes {
    private final Draft draft;
    private final JsonNode spec;

    ArgoRoutes(Draft draft, JsonNode spec) {
        this.draft = draft;
        this.spec = spec;
    }

    void of(JsonNode canary) {
        var active = canary.path("stableService").asText(draft.name());
        var canaryService = canary.path("canaryService").asText(draft.name() + "-canary");
        var routing = canary.path("trafficRouting");
        routing.fieldNames().forEachRemaining(kind -> add(kind, routing.path(kind), active, canaryService));
        if (!draft.hasRoute()) {
            draft.note("nothing that routes is named: the split is made by numbers of replicas, of two workloads."
                    + " Say another mesh where there is one");
            draft.route(
                    "replicas",
                    Draft.object()
                            .put(
                                    "activeWorkload",
                                    spec.path("workloadRef").path("name").asText(draft.name()))
                            .put("canaryWorkload", draft.name() + "-canary"));
        }
    }

    private void add(String kind, JsonNode routing, String active, String canary) {
        switch (kind) {
            case "smi" ->
                draft.route(
                        "smi",
                        Draft.object()
                                .put(
                                        "rootServiceName",
                                        routing.path("rootService").asText(active))
                                .put("activeServiceName", active)
                                .put("canaryServiceName", canary));
            case "istio" -> istio(routing, active, canary);
            case "nginx" -> nginx(routing, active, canary);
            case "traefik" ->
                draft.route(
                        "traefik",
                        services(active, canary)
                                .set("traefikService", named(routing.path("weightedTraefikServiceName"))));
            case "plugins" ->
                routing.fieldNames().forEachRemaining(plugin -> plugin(plugin, routing.path(plugin), active, canary));
            case "managedRoutes", "maxTrafficWeight" ->
                draft.note("trafficRouting." + kind + " is left out: no need of it");
            default ->
                draft.note("trafficRouting." + kind + " has no equivalent: write an entry for a mesh of Sluice's");
        }
    }

    private void istio(JsonNode istio, String active, String canary) {
        var several = istio.has("virtualServices")
                ? istio.get("virtualServices")
                : Draft.JSON.arrayNode().add(istio.path("virtualService"));
        for (var virtualService : several) {
            var routes = virtualService.path("routes").isEmpty()
                    ? List.<JsonNode>of()
                    : List.copyOf(list(virtualService.path("routes")));
            if (routes.isEmpty()) {
                draft.route("istio", istio(istio, virtualService, null, active, canary));
            }
            routes.forEach(route -> draft.route("istio", istio(istio, virtualService, route.asText(), active, canary)));
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static ObjectNode istio(
            JsonNode istio, JsonNode virtualService, String route, String active, String canary) {
        var named = named(virtualService.path("name"));
        if (route != null) {
            named.put("httpRouteName", route);
        }
        var rule = istio.path("destinationRule");
        if (!rule.isObject()) {
            return services(active, canary).set("virtualService", named);
        }
        var subsets = named(rule.path("name"))
                .put("activeSubsetName", rule.path("stableSubsetName").asText("stable"))
                .put("canarySubsetName", rule.path("canarySubsetName").asText("canary"));
        ObjectNode entry = Draft.object().set("virtualService", named);
        entry.set("destinationRule", subsets);
        return entry;
    }

    private void nginx(JsonNode nginx, String active, String canary) {
        var ingresses = nginx.has("stableIngresses")
                ? nginx.get("stableIngresses")
                : Draft.JSON.arrayNode().add(nginx.path("stableIngress"));
        for (var ingress : ingresses) {
            draft.route("ingressNginx", services(active, canary).set("ingress", named(ingress)));
        }
        draft.leftOut(nginx, "trafficRouting.nginx.", List.of("stableIngress", "stableIngresses"));
    }

    private void plugin(String plugin, JsonNode settings, String active, String canary) {
        switch (plugin) {
            case "argoproj-labs/gatewayAPI" -> {
                var routes = settings.has("httpRoutes")
                        ? settings.get("httpRoutes")
                        : Draft.JSON.arrayNode().add(Draft.object().set("name", settings.path("httpRoute")));
                routes.forEach(route ->
                        draft.route("gatewayApi", services(active, canary).set("route", named(route.path("name")))));
            }
            case "hashicorp/consul" ->
                draft.route(
                        "consul",
                        named(settings.path("serviceName"), "serviceSplitter")
                                .put(
                                        "activeSubset",
                                        settings.path("stableSubsetName").asText("stable"))
                                .put(
                                        "canarySubset",
                                        settings.path("canarySubsetName").asText("canary")));
            default -> draft.note("the plugin " + plugin + " has no equivalent: write an entry for a mesh of Sluice's");
        }
    }

    static ObjectNode services(String active, String canary) {
        return Draft.object().put("activeService", active).put("canaryService", canary);
    }

    private static ObjectNode named(JsonNode name, String key) {
        return Draft.object().set(key, named(name));
    }

    static ObjectNode named(JsonNode name) {
        return Draft.object().put("name", name.asText());
    }
}
