package dev.sluice.gate.alert;

import com.google.re2j.Pattern;
import dev.sluice.gate.config.FreezesConfig;
import dev.sluice.gate.core.Origin;
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
import java.util.TreeMap;

/**
 * Alerts that freeze rollouts for as long as they fire. The engine is told by commands; the same event leads to the same ones,
 * however often it is read, so that each has one effect. What is wrong with the configuration ends the start.
 */
@Singleton
@Startup
public class FreezeRules {
    private static final String ACTOR = "metrics-gate";

    private record Rule(String name, Pattern alert, List<LabelIs> when, Map<String, String> labels) {
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
        try {
            var when = configured.when().entrySet().stream()
                    .map(entry -> new LabelIs(entry.getKey(), LabelIs.compile(entry.getValue())))
                    .toList();
            return new Rule(name, LabelIs.compile(configured.alert()), when, Map.copyOf(configured.labels()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sluice.gate.freezes." + name + ": " + e.getMessage(), e);
        }
    }

    /** @param origin where the alert's event first stood */
    public List<Command> commands(MetricEvent event, Origin origin) {
        return rules.stream()
                .filter(rule -> rule.fits(event))
                .map(rule -> command(rule, event, origin))
                .toList();
    }

    private static Command command(Rule rule, MetricEvent event, Origin origin) {
        var fires = event.state() == AlertState.FIRING;
        var whose = event.application() + "/" + event.target();
        var alert =
                Texts.hash(rule.name() + "\n" + whose + "\n" + event.alert() + "\n" + new TreeMap<>(event.labels()));
        var reason = "alert " + event.alert() + " of " + whose + (fires ? " fires" : " is resolved") + " (rule "
                + rule.name() + ")";
        return new Command(
                "alert-" + Texts.hash(rule.name() + "\n" + origin),
                fires ? CommandType.FREEZE : CommandType.UNFREEZE,
                "*",
                null,
                ACTOR,
                List.of(),
                reason,
                null,
                Map.of(),
                List.of(),
                null,
                null,
                fires ? rule.labels() : Map.of(),
                null,
                true,
                null,
                "alert-" + alert,
                false,
                false);
    }
}
