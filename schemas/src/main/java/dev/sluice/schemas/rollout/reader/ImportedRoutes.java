package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import java.util.HashSet;
import java.util.Set;

/** The routes of a CD-as-a-Service deployment file: also those that a blue/green strategy names, and how they end there. */
final class ImportedRoutes {
    private final ObjectNode file;
    private final Problems warnings;

    ImportedRoutes(ObjectNode file, Problems warnings) {
        this.file = file;
        this.warnings = warnings;
    }

    /** @param ranThere whether the file ends its rollouts as that system did */
    void translate(boolean ranThere) {
        var entries = file.path("trafficManagement");
        for (int i = 0; i < entries.size(); i++) {
            if (entries.path(i) instanceof ObjectNode entry) {
                entry(entry, Pointer.of("trafficManagement").to(i), ranThere);
            }
        }
        blueGreen();
    }

    private void entry(ObjectNode entry, Pointer at, boolean ranThere) {
        if (entry.remove("alias") != null) {
            warnings.add(at.to("alias"), "Sluice moves the traffic of Kubernetes alone; this key is left out");
        }
        if (!ranThere || entry.has("onPromoted") || entry.has("kubernetes")) {
            // a kubernetes entry's weight is the selector itself
            return;
        }
        var canSwitch = MeshEntries.all().stream().allMatch(mesh -> {
            var items = entry.path(mesh.name());
            for (var item : items) {
                if (!mesh.hasServices(item)) {
                    return false;
                }
            }
            return true;
        });
        if (canSwitch) {
            entry.put("onPromoted", "selector");
        } else {
            warnings.add(
                    at,
                    "ends with onPromoted: swap, since its backends have no Services of their own; the next rollout goes the other way");
        }
    }

    private void blueGreen() {
        var routed = routed();
        for (var target : file.path("targets").properties()) {
            var strategy = target.getValue().path("strategy").asText();
            var blueGreen = file.path("strategies").path(strategy).path("blueGreen");
            if (!blueGreen.path("activeService").isTextual()) {
                continue;
            }
            if (routed.contains(target.getKey())) {
                warnings.add(
                        Pointer.of("strategies", strategy, "blueGreen", "activeService"),
                        "is not used for target `" + target.getKey() + "`, which has routes in trafficManagement");
                continue;
            }
            var entries = file.path("trafficManagement").isArray()
                    ? file.withArray("/trafficManagement")
                    : file.putArray("trafficManagement");
            var entry = entries.addObject();
            entry.putArray("targets").add(target.getKey());
            var services = entry.putArray("kubernetes").addObject();
            services.set("activeService", blueGreen.get("activeService"));
            if (blueGreen.has("previewService")) {
                services.set("previewService", blueGreen.get("previewService"));
            }
        }
    }

    private Set<String> routed() {
        var routed = new HashSet<String>();
        for (var entry : file.path("trafficManagement")) {
            if (entry.path("targets").isArray()) {
                entry.path("targets").forEach((JsonNode target) -> routed.add(target.asText()));
            } else {
                file.path("targets").fieldNames().forEachRemaining(routed::add);
            }
        }
        return routed;
    }
}
