package dev.sluice.schemas.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.reader.PlanReader;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.StrictJson;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.util.List;
import java.util.Map;

/**
 * Turns a rollout file into a plan, or into the list of everything that is wrong with it. What the language has but
 * this version does not carry out yet is refused, never left out silently. Thread-safe.
 */
public final class RolloutFileReader {
    /** A longer file is refused unread. */
    public static final int MAX_CHARS = 1 << 20;

    private final PlanReader plans = new PlanReader();

    /**
     * What a command may change about the file.
     *
     * @param context wins over the file's {@code context}
     * @param targets narrows the file's targets to these; empty: all of them
     */
    public record Overrides(Map<String, Object> context, List<String> targets) {
        public static final Overrides NONE = new Overrides(Map.of(), List.of());

        public Overrides {
            context = context == null ? Map.of() : Map.copyOf(context);
            targets = targets == null ? List.of() : List.copyOf(targets);
        }
    }

    public sealed interface Read {
        /** @param warnings what its author may not want, each with a JSON pointer; nothing is refused for it */
        record Valid(RolloutPlan plan, List<Problem> warnings) implements Read {
            public Valid {
                warnings = List.copyOf(warnings);
            }

            public Valid(RolloutPlan plan) {
                this(plan, List.of());
            }
        }

        /**
         * @param problems at least one, in the order in which they were found, each with a JSON pointer
         * @param warnings as of a valid one, as far as a file with such problems tells
         */
        record Invalid(List<Problem> problems, List<Problem> warnings) implements Read {
            public Invalid {
                problems = List.copyOf(problems);
                warnings = List.copyOf(warnings);
            }

            public Invalid(List<Problem> problems) {
                this(problems, List.of());
            }
        }
    }

    public Read read(JsonNode file, Overrides overrides) {
        return plans.read(file, overrides);
    }

    /** @param yamlOrJson the file's text; times, versions and other words are never guessed to be something else */
    public Read read(String yamlOrJson, Overrides overrides) {
        if (yamlOrJson.length() > MAX_CHARS) {
            return unreadable("%d characters; a rollout file has at most %d".formatted(yamlOrJson.length(), MAX_CHARS));
        }
        try {
            return read(tree(yamlOrJson), overrides);
        } catch (UnacceptableJson e) {
            return unreadable(e.getMessage());
        }
    }

    /** The file as JSON, as a command carries it. */
    public static JsonNode tree(String text) throws UnacceptableJson {
        // JSON is read as JSON, for its own messages; YAML's flow style begins with the same brace
        return text.stripLeading().startsWith("{\"") ? StrictJson.parse(text) : YamlTree.parse(text);
    }

    private static Read unreadable(String reason) {
        return new Read.Invalid(List.of(new Problem("", reason)));
    }
}
