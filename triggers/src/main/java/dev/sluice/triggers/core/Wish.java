package dev.sluice.triggers.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What a custom resource's spec asks for: a rollout file, and beside it what a {@code start} takes.
 *
 * @param file the rollout file, with {@code concurrency} as its policy
 * @param release names <em>what</em> is released: revision, context and targets. Another one is another release, and starts
 * @param how names the file as a whole. Another one of the same release is another way to it, and no release
 * @param targets how many the rollout has
 */
public record Wish(
        String application,
        String revision,
        ObjectNode file,
        List<String> onlyTargets,
        String reason,
        ReadyWhen readyWhen,
        Concurrency concurrency,
        String release,
        String how,
        int targets) {
    /** The keys of a spec that are no rollout file's. */
    static final Set<String> BESIDE_THE_FILE = Set.of("revision", "readyWhen", "reason", "concurrency", "onlyTargets");

    /** When the resource counts as ready, for whoever waits for it. */
    public enum ReadyWhen {
        STARTED,
        PROMOTED
    }

    /** What becomes of a rollout that runs. */
    public enum Concurrency {
        REJECT("reject"),
        ENQUEUE_ONE("enqueueOne"),
        SUPERSEDE("supersede");

        private final String word;

        Concurrency(String word) {
            this.word = word;
        }

        static Concurrency of(String word) {
            for (var each : values()) {
                if (each.word.equals(word)) {
                    return each;
                }
            }
            return SUPERSEDE;
        }
    }

    /** @param spec as the API server keeps it */
    public static Wish of(JsonNode spec) {
        var file = JsonNodeFactory.instance.objectNode();
        spec.properties().stream()
                .filter(field -> !BESIDE_THE_FILE.contains(field.getKey()))
                .forEach(field -> file.set(field.getKey(), field.getValue()));
        var concurrency = spec.hasNonNull("concurrency")
                ? Concurrency.of(spec.path("concurrency").asText())
                : policy(file);
        var only = StreamSupport.stream(spec.path("onlyTargets").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        var revision = text(spec, "revision");
        return new Wish(
                file.path("application").asText(),
                revision,
                withPolicy(file, concurrency),
                only,
                text(spec, "reason"),
                "started".equals(text(spec, "readyWhen")) ? ReadyWhen.STARTED : ReadyWhen.PROMOTED,
                concurrency,
                release(revision, file, only),
                Prints.of(file),
                only.isEmpty() ? file.path("targets").size() : only.size());
    }

    private static String release(String revision, ObjectNode file, List<String> only) {
        var parts = new HashMap<String, Object>();
        parts.put("revision", revision);
        parts.put("context", file.get("context"));
        parts.put("contextOverrides", file.get("contextOverrides"));
        parts.put("targets", only.stream().sorted().toList());
        return Prints.of(parts);
    }

    /** The file as automation starts it: what runs is superseded unless it says otherwise. */
    static ObjectNode superseding(ObjectNode file) {
        return withPolicy(file, policy(file));
    }

    /** What the file says of it. */
    private static Concurrency policy(JsonNode file) {
        var config = file.path(key(file, "rolloutConfig", "deploymentConfig"));
        var policy = config.path(key(config, "ifRolloutInProgress", "ifDeploymentInProgress"));
        return Concurrency.of(policy.path("strategy").asText());
    }

    /** What is no map is for the engine to refuse. */
    private static ObjectNode withPolicy(ObjectNode file, Concurrency concurrency) {
        var told = file.deepCopy();
        var key = key(told, "rolloutConfig", "deploymentConfig");
        if (!told.has(key)) {
            told.putObject(key);
        }
        if (told.get(key) instanceof ObjectNode config) {
            config.putObject(key(config, "ifRolloutInProgress", "ifDeploymentInProgress"))
                    .put("strategy", concurrency.word);
        }
        return told;
    }

    /** CD-as-a-Service has another word for it. */
    private static String key(JsonNode map, String ours, String theirs) {
        return map.has(theirs) ? theirs : ours;
    }

    private static String text(JsonNode spec, String key) {
        return spec.path(key).isTextual() ? spec.path(key).textValue() : null;
    }
}
