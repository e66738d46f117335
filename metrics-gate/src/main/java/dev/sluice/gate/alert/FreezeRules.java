package dev.sluice.gate.alert;

import com.google.re2j.Pattern;
import dev.sluice.gate.config.FreezesConfig;
import dev.sluice.gate.core.Origin;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.gate.format.foreign.LabelIs;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Alerts that freeze rollouts for as long as they fire: one freeze per rule, which the first of its alerts puts up and the last lifts.
 * All alerts of a rule are told to the one partition where the rule belongs, as if they were a target's, so that one instance knows
 * which of them fire. The engine is told by commands; the same event leads to the same ones, however often it is read, so that each has
 * one effect. What is wrong with the configuration ends the start.
 */
@Singleton
@Startup
public class FreezeRules {
    private static final String ACTOR = "metrics-gate";
    /** Rules are kept as targets of it, by their names. */
    private static final String APPLICATION = "sluice.freezes";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private record Rule(String name, Pattern alert, List<LabelIs> when, Map<String, String> labels) {
        TargetKey key() {
            return new TargetKey(APPLICATION, name);
        }

        String freeze() {
            return "alert-" + name;
        }

        boolean fits(MetricEvent event) {
            var facts = new HashMap<>(event.labels());
            facts.putIfAbsent("application", event.application());
            facts.putIfAbsent("target", event.target());
            return alert.matches(event.alert()) && when.stream().allMatch(condition -> condition.holds(facts));
        }
    }

    private final List<Rule> rules;

    /** @throws IllegalArgumentException naming the rule and what is wrong */
    public FreezeRules(FreezesConfig config) {
        this.rules = new TreeMap<>(config.freezes())
                .entrySet().stream()
                        .map(entry -> rule(entry.getKey(), entry.getValue()))
                        .toList();
    }

    private static Rule rule(String name, FreezesConfig.Rule configured) {
        if (!NAME.matches(name)) {
            throw new IllegalArgumentException(
                    "sluice.gate.freezes." + name
                            + ": a rule's name is up to 64 letters and digits, `.`, `_` and `-`, for its freeze is called by it");
        }
        try {
            var when = configured.when().entrySet().stream()
                    .map(entry -> new LabelIs(entry.getKey(), LabelIs.compile(entry.getValue())))
                    .toList();
            return new Rule(name, LabelIs.compile(configured.alert()), when, Map.copyOf(configured.labels()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sluice.gate.freezes." + name + ": " + e.getMessage(), e);
        }
    }

    /** Whether this is where alerts of a rule belong, known here or not, rather than of an application. */
    public static boolean isRule(TargetKey key) {
        return APPLICATION.equals(key.application());
    }

    /** Whether it is what a rule was told, and to be told to none once more. The gate alone may say so. */
    public static boolean isTold(MetricEvent event) {
        return event.alert() != null && APPLICATION.equals(event.application());
    }

    /** What the rules that this alert fits are told of it. */
    public List<MetricEvent> told(MetricEvent event) {
        return rules.stream()
                .filter(rule -> rule.fits(event))
                .map(rule -> told(rule, event))
                .toList();
    }

    private static MetricEvent told(Rule rule, MetricEvent event) {
        var labels = Map.of(
                "application", event.application(),
                "target", event.target(),
                "labels", Texts.fingerprint(event.labels()));
        return MetricEvent.ofAlert(APPLICATION, rule.name(), event.alert(), event.state(), event.time(), labels);
    }

    /**
     * What a rule makes of an alert that it is told: a freeze when it fires; when it is resolved, the end of that freeze, which is to
     * be said once none fires. Empty where the rule is gone.
     *
     * @param origin where the alert's event first stood
     */
    public Optional<Command> command(MetricEvent told, Origin origin) {
        var key = new TargetKey(told.application(), told.target());
        return rules.stream()
                .filter(rule -> rule.key().equals(key))
                .findFirst()
                .map(rule -> told.state() == AlertState.FIRING
                        ? command(rule, CommandType.FREEZE, origin, words(told, "fires"))
                        : command(rule, CommandType.UNFREEZE, origin, words(told, "is resolved, as the last")));
    }

    private static String words(MetricEvent told, String what) {
        return "alert " + told.alert() + " of " + told.labels().get("application") + "/"
                + told.labels().get("target") + " " + what;
    }

    /** @param origin the same has the same id, and no other has */
    private static Command command(Rule rule, CommandType type, Origin origin, String words) {
        return new Command(
                "alert-" + Texts.hash(type.word() + "\n" + rule.name() + "\n" + origin),
                type,
                "*",
                null,
                ACTOR,
                List.of(),
                words + " (rule " + rule.name() + ")",
                null,
                Map.of(),
                List.of(),
                null,
                null,
                type == CommandType.FREEZE ? rule.labels() : Map.of(),
                null,
                true,
                null,
                rule.freeze(),
                false,
                false);
    }
}
