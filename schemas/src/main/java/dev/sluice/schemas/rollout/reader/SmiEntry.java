package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A file's SMI entry with its defaults filled in. */
record SmiEntry(String root, String active, String canary, String split) {
    static SmiEntry of(JsonNode entry) {
        var root = entry.path("rootServiceName").asText();
        return new SmiEntry(
                root,
                entry.path("activeServiceName").asText(root),
                entry.path("canaryServiceName").asText(root + "-canary"),
                entry.path("trafficSplitName").asText(root));
    }

    String identity(String cluster, String namespace) {
        return cluster + "/" + namespace + "/trafficsplits.split.smi-spec.io/" + split;
    }

    Map<String, Object> asMap() {
        return Map.of(
                "rootServiceName", root,
                "activeServiceName", active,
                "canaryServiceName", canary,
                "trafficSplitName", split);
    }
}
