package dev.sluice.triggers.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.cel.EventExpression;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Reads the file of rules. What is wrong in it is said with the place; nothing of it is taken then. */
final class RulesFile {
    private static final int MOST_RULES = 200;
    private static final Set<String> KEYS =
            new TreeSet<>(List.of("name", "from", "when", "file", "application", "revision", "context", "id"));
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Set<String> senders;

    /** @param senders that rules may name */
    RulesFile(Set<String> senders) {
        this.senders = new TreeSet<>(senders);
    }

    /** @throws IllegalArgumentException that says what is wrong, and where */
    List<Rule> read(String yaml) {
        JsonNode file;
        try {
            file = YamlTree.parse(yaml);
        } catch (UnacceptableJson e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        refuseOtherKeys("the file", file, Set.of("rules"));
        var written = file.path("rules");
        if (!written.isArray() || written.size() > MOST_RULES) {
            throw new IllegalArgumentException("`rules` has to be a list of at most " + MOST_RULES + " rules");
        }
        var rules = new ArrayList<Rule>();
        var names = new HashSet<String>();
        for (var each : written) {
            var rule = rule(each, "rules[" + rules.size() + "]");
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("two rules have the name " + rule.name());
            }
            rules.add(rule);
        }
        return List.copyOf(rules);
    }

    private Rule rule(JsonNode written, String at) {
        refuseOtherKeys(at, written, KEYS);
        var name = needed(written, "name", at, "such as checkout");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(at + ".name: use at most 64 letters, digits, '.', '_' and '-'");
        }
        var rule = "rule " + name;
        return new Rule(
                name,
                from(written, rule),
                read(
                        rule + ".when",
                        needed(written, "when", rule, "such as body.project == \"shop\""),
                        EventExpression::truth),
                read(rule + ".file", needed(written, "file", rule, "such as checkout.yaml"), Template::of),
                text(written, "application", rule).map(each -> read(rule + ".application", each, Template::of)),
                read(rule + ".revision", needed(written, "revision", rule, "such as {{body.revision}}"), Template::of),
                context(written, rule),
                text(written, "id", rule).map(each -> read(rule + ".id", each, Template::of)));
    }

    private Set<String> from(JsonNode written, String rule) {
        var from = written.path("from");
        var names = new TreeSet<String>();
        if (from.isTextual()) {
            names.add(from.textValue());
        } else {
            StreamSupport.stream(from.spliterator(), false)
                    .map(JsonNode::asText)
                    .forEach(names::add);
        }
        if (names.isEmpty() || !senders.containsAll(names)) {
            throw new IllegalArgumentException(rule + ".from: name senders of " + senders
                    + " (sluice.triggers.hooks.senders.<name>.kind), not " + names);
        }
        return names;
    }

    private static Map<String, Template> context(JsonNode written, String rule) {
        var values = written.path("context");
        if (!values.isMissingNode() && !values.isObject()) {
            throw new IllegalArgumentException(rule + ".context has to be a map of texts");
        }
        var context = new LinkedHashMap<String, Template>();
        for (var value : values.properties()) {
            context.put(
                    value.getKey(),
                    read(rule + ".context." + value.getKey(), value.getValue().asText(), Template::of));
        }
        return context;
    }

    private static <T> T read(String at, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at + ": " + e.getMessage(), e);
        }
    }

    private static String needed(JsonNode written, String key, String at, String example) {
        return text(written, key, at)
                .orElseThrow(() -> new IllegalArgumentException(at + " has no `" + key + "`, " + example));
    }

    private static Optional<String> text(JsonNode written, String key, String at) {
        var value = written.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            throw new IllegalArgumentException(at + "." + key + " has to be a text");
        }
        return Optional.of(value.asText());
    }

    private static void refuseOtherKeys(String at, JsonNode written, Set<String> keys) {
        if (!written.isObject()) {
            throw new IllegalArgumentException(at + " has to be a map with the keys " + keys);
        }
        written.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw new IllegalArgumentException(
                        at + " has a key `" + key + "`, which there isn't; there are " + keys);
            }
        });
    }
}
