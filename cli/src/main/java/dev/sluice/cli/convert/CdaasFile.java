package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A deployment file of CD-as-a-Service, in Sluice's own words; its reader takes it as it is, too. */
final class CdaasFile {
    private static final List<String> DEPLOYS =
            List.of("manifests", "files", "artifacts", "providerOptions", "targetFilters", "contextOverrides");

    private CdaasFile() {}

    static boolean isOne(JsonNode file) {
        return file.path("targets").isObject() && file.path("application").isTextual();
    }

    static Imported converted(JsonNode written) {
        ObjectNode file = written.deepCopy();
        var notes = new ArrayList<String>();
        if (!file.has("version")) {
            file.put("version", "v1");
        }
        deploymentConfig(file, notes);
        var hadManifests = file.has("manifests");
        for (var key : DEPLOYS) {
            if (file.remove(key) != null) {
                notes.add(key + " is left out: " + instead(key));
            }
        }
        file.path("targets").forEach(CdaasFile::target);
        expose(file, notes);
        if (hadManifests) {
            handBack(file, notes);
        }
        return new Imported(file, notes);
    }

    private static String instead(String key) {
        return switch (key) {
            case "targetFilters" -> "--targets of a start narrows them";
            case "contextOverrides" -> "--context of a start has them";
            default -> "Sluice moves traffic and deploys nothing; deploy the canary's workload before a start";
        };
    }

    private static void deploymentConfig(ObjectNode file, List<String> notes) {
        if (file.remove("deploymentConfig") instanceof ObjectNode theirs) {
            if (theirs.remove("keepDeploymentObject") != null) {
                notes.add("deploymentConfig.keepDeploymentObject is left out: Sluice touches no Deployment");
            }
            var inProgress = theirs.remove("ifDeploymentInProgress");
            if (inProgress != null) {
                theirs.set("ifRolloutInProgress", inProgress);
            }
            if (!theirs.isEmpty()) {
                file.set("rolloutConfig", theirs);
            }
        }
    }

    private static void target(JsonNode target) {
        if (target instanceof ObjectNode object && object.has("account") && !object.has("cluster")) {
            object.set("cluster", object.remove("account"));
        }
    }

    /** As it ended there. */
    private static void handBack(ObjectNode file, List<String> notes) {
        for (var entry : file.path("trafficManagement")) {
            var routes = entry.has("smi") || entry.has("kubernetes");
            if (routes && entry instanceof ObjectNode object && !object.has("onPromoted")) {
                object.put("onPromoted", "selector");
                notes.add(
                        "onPromoted: selector ends a rollout as it ended there: the active Service selects the new pods");
            }
        }
    }

    private static void expose(JsonNode node, List<String> notes) {
        if (node instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (array.get(i).has("exposeServices")) {
                    array.remove(i);
                    notes.add("exposeServices has no equivalent and is left out");
                }
            }
        }
        node.forEach(child -> expose(child, notes));
    }
}
