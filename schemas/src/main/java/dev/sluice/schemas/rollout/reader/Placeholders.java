package dev.sluice.schemas.rollout.reader;

import dev.sluice.schemas.rollout.Webhook;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code {{names}}} in templates of webhooks and queries. {@code {{context.…}}} is filled in with the file; {@code {{sluice.…}}} and
 * {@code {{secrets.…}}} stay for the call. CD-as-a-Service's {@code {{armory.…}}} become ours.
 */
final class Placeholders {
    private static final Pattern ANY = Pattern.compile("\\{\\{([^{}]*+)}}");
    private static final Pattern SECRET = Pattern.compile("secrets\\.[A-Za-z0-9_.-]{1,128}");
    private static final String CONTEXT = "context.";
    private static final String OURS = "sluice.";
    private static final String THEIRS = "armory.";

    private static final Map<String, String> RENAMED = new TreeMap<>(Map.of(
            "applicationName", "application",
            "environmentName", "target",
            "deploymentId", "rollout",
            "accountName", "cluster",
            "namespace", "namespace",
            "callbackUri", "callbackUri"));

    private final Problems problems;

    Placeholders(Problems problems) {
        this.problems = problems;
    }

    /** Tells names that nothing will be filled in for; what the context lacks is told where it is filled in. */
    void check(String template, Pointer at) {
        ANY.matcher(template)
                .results()
                .map(name -> name.group(1).strip())
                .distinct()
                .forEach(name -> {
                    if (!name.startsWith(CONTEXT) && !SECRET.matcher(name).matches() && ours(name) == null) {
                        problems.add(at, "there is no {{" + name + "}}; a webhook may name these", known());
                    }
                });
    }

    /** @param ofContext the value of a key of the context */
    static String ofWebhook(String template, Function<String, String> ofContext) {
        return filled(template, ofContext, name -> ours(name) == null ? name : ours(name));
    }

    /** Likewise; the gate fills in more, and has no prefix for what is ours. */
    static String ofQuery(String template, Function<String, String> ofContext) {
        return filled(template, ofContext, name -> name.startsWith(OURS) ? name.substring(OURS.length()) : name);
    }

    private static String filled(String template, Function<String, String> ofContext, UnaryOperator<String> renamed) {
        return ANY.matcher(template).replaceAll(found -> {
            var name = found.group(1).strip();
            return Matcher.quoteReplacement(
                    name.startsWith(CONTEXT)
                            ? ofContext.apply(name.substring(CONTEXT.length()))
                            : "{{" + renamed.apply(name) + "}}");
        });
    }

    /** Null where it is none. */
    private static String ours(String name) {
        if (name.startsWith(THEIRS)) {
            var renamed = RENAMED.get(name.substring(THEIRS.length()));
            return renamed == null ? null : OURS + renamed;
        }
        return name.startsWith(OURS) && Webhook.VARIABLES.contains(name.substring(OURS.length())) ? name : null;
    }

    private static List<String> known() {
        return Stream.concat(
                        Webhook.VARIABLES.stream().map(name -> OURS + name),
                        Stream.of("context.<key>", "secrets.<name>"))
                .toList();
    }
}
