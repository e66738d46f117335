package dev.sluice.schemas.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** Examples show rollout files whole, some of their keys, one strategy, or a list of queries: each can be made whole. */
final class RolloutFilePart {
    private static final Set<String> KEYS = keysOfTheSchema();
    private static final Set<String> STRATEGY = Set.of("canary", "blueGreen");
    /** What files of CD-as-a-Service begin with and ours don't. */
    private static final Set<String> TRANSLATED = Set.of("deploymentConfig", "manifests");

    /** What an example of a part leaves out. */
    private static final String REST = """
            version: v1
            application: shop/checkout
            context: {env: prod, version: 1.4.2}
            targets:
              staging: {cluster: staging, namespace: shop, strategy: careful}
              prod: {cluster: prod, namespace: shop, strategy: careful}
            strategies: {careful: {canary: {steps: [{setWeight: {weight: 5}}]}}}
            analysis: {queries: [{name: error-rate, rate: {metric: errors}, upperLimit: 1}]}
            webhooks: [{name: smoke-test, uriTemplate: "https://tests.example/"}]
            trafficManagement:
              - gatewayApi: [{route: {name: checkout}, activeService: checkout, canaryService: checkout-canary}]
            """;

    private RolloutFilePart() {}

    static boolean is(Example example) {
        if (!example.kind().equals("yaml")) {
            return false;
        }
        try {
            return is(YamlTree.parse(example.text()));
        } catch (UnacceptableJson somethingElse) {
            return false;
        }
    }

    private static boolean is(JsonNode yaml) {
        if (yaml.isArray()) {
            return yaml.path(0).has("name")
                    && (yaml.path(0).has("upperLimit") || yaml.path(0).has("compare"));
        }
        var keys = new TreeSet<String>();
        yaml.fieldNames().forEachRemaining(keys::add);
        return STRATEGY.containsAll(keys)
                || keys.stream().allMatch(key -> KEYS.contains(key) || TRANSLATED.contains(key));
    }

    static JsonNode whole(Example example) throws UnacceptableJson {
        var part = YamlTree.parse(example.text());
        var file = (ObjectNode) YamlTree.parse(REST);
        if (part.isArray()) {
            ((ObjectNode) file.path("analysis")).set("queries", part);
        } else if (STRATEGY.contains(part.fieldNames().next())) {
            ((ObjectNode) file.path("strategies")).set("careful", part);
            return file;
        } else if (part.has("targets") && part.has("strategies")) {
            return part;
        } else {
            part.path("targets").properties().forEach(target -> complete(target.getValue()));
            file.setAll((ObjectNode) part);
        }
        if (!part.has("strategies")) {
            file.withArray("/strategies/careful/canary/steps").add(asking(file.at("/analysis/queries")));
        }
        return file;
    }

    /** What no analysis names is not looked at closely. */
    private static JsonNode asking(JsonNode queries) {
        var step = Json.mapper().createObjectNode();
        var analysis = step.putObject("analysis").put("interval", "1m");
        queries.forEach(query -> analysis.withArray("queries").add(query.path("name")));
        return step;
    }

    private static void complete(JsonNode target) {
        if (!target.has("strategy")) {
            ((ObjectNode) target)
                    .put("cluster", "prod")
                    .put("namespace", "shop")
                    .put("strategy", "careful");
        }
    }

    private static Set<String> keysOfTheSchema() {
        try (var schema = Example.class.getResourceAsStream("/dev/sluice/schemas/rollout-file.schema.json")) {
            var keys = new TreeSet<String>();
            Json.mapper().readTree(schema).path("properties").fieldNames().forEachRemaining(keys::add);
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
