package dev.sluice.gate.alert;

import com.google.re2j.Pattern;
import dev.sluice.gate.config.FreezesConfig;
import dev.sluice.gate.core.Alert;
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

    /** Where the rules belong that this instance may have to lift the freezes of. */
    public List<TargetKey> keys() {
        return rules.stream().map(Rule::key).toList();
    }

    /** Whether it is what a rule was told, and to be told to none once more. */
    public static boolean isTold(MetricEvent event) {
        return APPLICATION.equals(event.application());
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
     * What a rule does about an alert that it is told; empty where nothing is to be done at once, or the rule is gone.
     *
     * @param origin where the alert's event first stood
     */
    public Optional<Command> freeze(MetricEvent told, Origin origin) {
        return told.state() == AlertState.FIRING
                ? rule(new TargetKey(told.application(), told.target()))
                        .map(rule -> command(
                                rule,
                                CommandType.FREEZE,
                                origin.toString(),
                                words(told.alert(), told.labels(), "fires")))
                : Optional.empty();
    }

    /**
     * @param key of a rule
     * @param last the alert that was resolved last, when none fires any more
     */
    public Command lift(TargetKey key, Alert last) {
        var cause = last.name() + "\n" + new TreeMap<>(last.labels()) + "\n" + last.sinceMillis();
        var how = words(last.name(), last.labels(), "is resolved, as the last");
        return command(rule(key).orElseThrow(), CommandType.UNFREEZE, cause, how);
    }

    private Optional<Rule> rule(TargetKey key) {
        return rules.stream().filter(rule -> rule.key().equals(key)).findFirst();
    }

    private static String words(String alert, Map<String, String> labels, String what) {
        return "alert " + alert + " of " + labels.get("application") + "/" + labels.get("target") + " " + what;
    }

    /** @param cause the same has the same id */
    private static Command command(Rule rule, CommandType type, String cause, String words) {
        return new Command(
                "alert-" + Texts.hash(type.word() + "\n" + rule.name() + "\n" + cause),
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
