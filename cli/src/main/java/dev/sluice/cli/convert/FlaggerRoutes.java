package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The route that Flagger made by its provider, as the entry of a rollout file. */
final class FlaggerRoutes {
    private final Draft draft;
    private final JsonNode spec;
    private final String provider;
    private final String name;

    /** @param asked null: nobody said */
    FlaggerRoutes(Draft draft, JsonNode spec, String asked) {
        this.draft = draft;
        this.spec = spec;
        this.name = spec.path("service")
                .path("name")
                .asText(spec.path("targetRef").path("name").asText(draft.name()));
        var named = spec.path("provider").asText(asked);
        this.provider = named == null ? guessed() : named;
    }

    private String guessed() {
        var service = spec.path("service");
        var guess = service.has("gatewayRefs")
                ? "gatewayapi"
                : spec.has("ingressRef")
                        ? "nginx"
                        : service.has("gateways") || service.has("hosts") ? "istio" : "linkerd";
        draft.note("the file names no provider: taken for " + guess + ", which --provider says otherwise");
        return guess;
    }

    boolean isBlueGreen() {
        return provider.equals("kubernetes");
    }

    void add() {
        switch (provider.replaceFirst(":.*", "").replaceFirst("^smi$", "linkerd")) {
            case "istio" -> draft.route("istio", to("virtualService"));
            case "gatewayapi" -> draft.route("gatewayApi", to("route"));
            case "contour" -> draft.route("contour", to("httpProxy"));
            case "kuma" -> draft.route("kuma", to("meshHTTPRoute"));
            case "traefik" -> draft.route("traefik", to("traefikService"));
            case "linkerd" ->
                draft.route(
                        "smi",
                        Draft.object()
                                .put("rootServiceName", name)
                                .put("activeServiceName", name + "-primary")
                                .put("canaryServiceName", name + "-canary"));
            case "nginx" ->
                draft.route(
                        "ingressNginx",
                        services()
                                .set(
                                        "ingress",
                                        Draft.object()
                                                .put(
                                                        "name",
                                                        spec.path("ingressRef")
                                                                .path("name")
                                                                .asText(name))));
            case "kubernetes" ->
                draft.route(
                        "kubernetes",
                        Draft.object().put("activeService", name).put("previewService", name + "-canary"));
            default ->
                draft.note("provider " + provider
                        + " has no equivalent: write an entry for a mesh of Sluice's, or give one"
                        + " with --provider");
        }
    }

    private ObjectNode to(String object) {
        return services().set(object, Draft.object().put("name", name));
    }

    private ObjectNode services() {
        return ArgoRoutes.services(name + "-primary", name + "-canary");
    }
}
