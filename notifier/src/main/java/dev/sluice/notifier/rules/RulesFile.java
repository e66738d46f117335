package dev.sluice.notifier.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.notifier.core.ApplicationPattern;
import dev.sluice.notifier.core.Rule;
import dev.sluice.notifier.core.Template;
import dev.sluice.schemas.rollout.cel.StatusExpression;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the file of rules. What is wrong in it is said with the place; nothing of it is taken then. */
public final class RulesFile {
    private static final int MOST_RULES = 200;
    private static final Set<String> KEYS =
            new TreeSet<>(List.of("name", "when", "applications", "to", "title", "text"));
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Set<String> channels;

    /** @param channels that rules may name */
    public RulesFile(Set<String> channels) {
        this.channels = new TreeSet<>(channels);
    }

    /** @throws IllegalArgumentException that says what is wrong, and where */
    public List<Rule> read(String yaml) {
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
        var name = text(written, "name", at).orElseThrow(() -> new IllegalArgumentException(at + " has no `name`"));
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(at + ".name: use at most 64 letters, digits, '.', '_' and '-'");
        }
        var rule = "rule " + name;
        var when = text(written, "when", rule)
                .orElseThrow(() -> new IllegalArgumentException(
                        rule + " has no `when`, such as status.phase == \"AwaitingApproval\""));
        var applications = texts(written, "applications", rule);
        return new Rule(
                name,
                read(rule + ".when", when, StatusExpression::of),
                (applications.isEmpty() ? List.of("*") : applications)
                        .stream()
                                .map(each -> read(rule + ".applications", each, ApplicationPattern::of))
                                .toList(),
                to(written, rule),
                text(written, "title", rule).map(each -> read(rule + ".title", each, Template::of)),
                text(written, "text", rule).map(each -> read(rule + ".text", each, Template::of)));
    }

    private List<String> to(JsonNode written, String rule) {
        var to = texts(written, "to", rule);
        if (to.isEmpty()) {
            throw new IllegalArgumentException(rule + " has no `to`: name channels of " + channels);
        }
        to.stream().filter(channel -> !channels.contains(channel)).findFirst().ifPresent(unknown -> {
            throw new IllegalArgumentException(rule + ".to: there is no channel " + unknown + "; configured are "
                    + channels + " (sluice.notifier.channels.<name>.kind)");
        });
        return to.stream().distinct().toList();
    }

    private static <T> T read(String at, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> text(JsonNode written, String key, String at) {
        var value = written.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(at + "." + key + " has to be a text");
        }
        return Optional.of(value.textValue());
    }

    /** One text stands for a list of one. */
    private static List<String> texts(JsonNode written, String key, String at) {
        if (!written.path(key).isArray()) {
            return text(written, key, at).map(List::of).orElse(List.of());
        }
        var texts = new ArrayList<String>();
        for (var each : written.path(key)) {
            if (!each.isTextual()) {
                throw new IllegalArgumentException(at + "." + key + " has to be a list of texts");
            }
            texts.add(each.textValue());
        }
        return texts;
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
