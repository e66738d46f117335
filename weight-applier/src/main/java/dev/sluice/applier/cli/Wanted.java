package dev.sluice.applier.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A weight wanted of one entry. It is checked as it would be in a rollout file: as the only entry of a file with one target
 * and one step.
 *
 * @param entry as in the rollout file, YAML or JSON
 * @param weight the canary's percentage, as it was given
 * @param active which of the entry's two backends is the active one; null: the file's
 */
record Wanted(String mesh, String entry, String weight, String active, String cluster, String namespace) {
    private static final Pattern PERCENT = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    /** Target and strategy of that file. */
    private static final String THIS = "this";

    /** What an engine would order, so far as meshes look at it. */
    WeightOrder order() throws Refused {
        if (!MeshEntries.names().contains(mesh)) {
            throw new Refused("no mesh is named " + mesh + ": name one of " + MeshEntries.names());
        }
        if (!PERCENT.matcher(weight).matches()) {
            throw new Refused("--weight " + weight + " is no percentage: give a number from 0 to 100");
        }
        var percent = new BigDecimal(weight);
        var route = route(percent);
        if (active != null && !active.equals(route.active()) && !active.equals(route.canary())) {
            throw new Refused("--active " + active + " is none of the entry's backends: name " + route.active() + " or "
                    + route.canary());
        }
        return route.canary().equals(active)
                ? order(route, route.canary(), route.active(), Weight.of(percent))
                : order(route, route.active(), route.canary(), Weight.of(percent));
    }

    private Route route(BigDecimal percent) throws Refused {
        return switch (new RolloutFileReader().read(file(percent), Overrides.NONE)) {
            case Read.Valid valid -> valid.plan().targets().getFirst().routes().getFirst();
            case Read.Invalid invalid ->
                throw new Refused(
                        invalid.problems().stream().map(this::words).distinct().collect(Collectors.joining("\n")));
        };
    }

    private ObjectNode file(BigDecimal percent) throws Refused {
        var file = Json.mapper().createObjectNode();
        file.put("version", "v1").put("application", THIS);
        file.putObject("targets")
                .putObject(THIS)
                .put("cluster", cluster)
                .put("namespace", namespace)
                .put("strategy", THIS);
        file.putObject("strategies")
                .putObject(THIS)
                .putObject("canary")
                .putArray("steps")
                .addObject()
                .putObject("setWeight")
                .set("weight", DecimalNode.valueOf(percent));
        file.putArray("trafficManagement").addObject().putArray(mesh).add(tree());
        return file;
    }

    private JsonNode tree() throws Refused {
        try {
            return YamlTree.parse(entry);
        } catch (UnacceptableJson unreadable) {
            throw new Refused("--entry: " + unreadable.getMessage());
        }
    }

    private String words(Problem problem) {
        var place = problem.pointer()
                .replaceFirst("^/trafficManagement/0/" + mesh + "/0", "--entry ")
                .replaceFirst("^/strategies/.*", "--weight")
                .replaceFirst("^/targets/" + THIS + "/", "--");
        var allowed = problem.allowed().isEmpty() ? "" : " (" + String.join(", ", problem.allowed()) + ")";
        return place.strip() + ": " + problem.message() + allowed;
    }

    private WeightOrder order(Route route, String activeBackend, String canaryBackend, Weight ordered) {
        return new WeightOrder(
                null,
                null,
                THIS,
                cluster,
                namespace,
                route.identity(),
                0,
                0,
                activeBackend,
                canaryBackend,
                ordered,
                null,
                false,
                null,
                // nothing is waited for
                true,
                null,
                null,
                route.ownership(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                Map.of(mesh, route.entry()));
    }
}
