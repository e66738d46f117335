package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes out of a CD-as-a-Service deployment file, in place, what deploys things, and says so in a warning each; what is left is
 * translated by {@link Spellings}. A file with manifests is one as it ran there, and ends as it did: the active Service gets the
 * canary's selector.
 */
final class Import {
    private static final Map<String, String> LEFT_OUT = new TreeMap<>(Map.of(
            "manifests", "Sluice moves traffic and deploys nothing: apply the manifests with your deployment tool",
            "artifacts", "Sluice moves traffic and deploys nothing: publish the function with your deployment tool",
            "providerOptions", "Sluice moves traffic and deploys nothing",
            "files", "Sluice moves traffic and deploys nothing"));
    private static final List<String> OF_TARGETS = List.of("region", "deployAsIamRole");
    private static final List<String> OF_CONSTRAINTS = List.of("beforeDeployment", "afterDeployment");
    private static final List<String> OF_BLUE_GREEN =
            List.of("redirectTrafficAfter", "shutDownOldVersionAfter", "shutdownOldVersionAfter");

    private final Problems warnings;

    Import(Problems warnings) {
        this.warnings = warnings;
    }

    /**
     * @param commandsTargets win over the file's {@code targetFilters}
     * @return which targets take part; empty: all
     */
    List<String> translate(ObjectNode file, List<String> commandsTargets) {
        var ranThere = file.has("manifests");
        LEFT_OUT.forEach((key, why) -> leaveOut(file, key, Pointer.ROOT, why));
        for (var config : List.of("deploymentConfig", "rolloutConfig")) {
            leaveOut(
                    file.path(config),
                    "keepDeploymentObject",
                    Pointer.of(config),
                    "Sluice neither makes nor deletes workloads");
        }
        for (var target : file.path("targets").properties()) {
            target(target.getValue(), Pointer.of("targets", target.getKey()));
        }
        for (var strategy : file.path("strategies").properties()) {
            strategy(strategy.getValue(), Pointer.of("strategies", strategy.getKey()));
        }
        webhooks(file.path("webhooks"));
        new ImportedRoutes(file, warnings).translate(ranThere);
        var filtered = targetFilters(file);
        return commandsTargets.isEmpty() ? filtered : commandsTargets;
    }

    private static List<String> targetFilters(ObjectNode file) {
        var targets = new ArrayList<String>();
        var filters = file.path("targetFilters");
        for (var filter : filters) {
            if (filter.path("includeTarget").isTextual()) {
                targets.add(filter.path("includeTarget").textValue());
            }
        }
        if (!targets.isEmpty() && targets.size() == filters.size()) {
            file.remove("targetFilters");
        }
        return targets;
    }

    private void target(JsonNode target, Pointer at) {
        OF_TARGETS.forEach(key -> leaveOut(target, key, at, "Sluice moves the traffic of Kubernetes alone"));
        for (var key : OF_CONSTRAINTS) {
            exposed(target.path("constraints").path(key), at.to("constraints").to(key));
        }
    }

    private void strategy(JsonNode strategy, Pointer at) {
        exposed(strategy.path("canary").path("steps"), at.to("canary").to("steps"));
        for (var key : OF_BLUE_GREEN) {
            exposed(strategy.path("blueGreen").path(key), at.to("blueGreen").to(key));
        }
    }

    private void exposed(JsonNode steps, Pointer at) {
        if (!(steps instanceof ArrayNode list)) {
            return;
        }
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.path(i).has("exposeServices")) {
                warnings.add(
                        at.to(i).to("exposeServices"),
                        "Sluice opens no way to Services from outside: this step is left out; reach the preview through your mesh or ingress, or by setMatch");
                list.remove(i);
            }
        }
    }

    private void webhooks(JsonNode webhooks) {
        for (int i = 0; i < webhooks.size(); i++) {
            var mode = webhooks.path(i).path("networkMode").asText();
            if (mode.equals("remoteNetworkAgent")) {
                warnings.add(
                        Pointer.of("webhooks").to(i).to("networkMode"),
                        "Sluice's appliers call no webhooks: the engine does, and has to reach the address");
            }
            if (webhooks.path(i).has("agentIdentifier")) {
                warnings.add(
                        Pointer.of("webhooks").to(i).to("agentIdentifier"),
                        "is not used: the engine calls all webhooks");
            }
        }
    }

    private void leaveOut(JsonNode node, String key, Pointer at, String why) {
        if (node instanceof ObjectNode object && object.remove(key) != null) {
            warnings.add(at.to(key), why + "; this key is left out");
        }
    }
}
