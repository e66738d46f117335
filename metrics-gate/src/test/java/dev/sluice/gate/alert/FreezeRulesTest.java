package dev.sluice.gate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gate.config.FreezesConfig;
import dev.sluice.gate.core.Origin;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.check.DocumentSchema;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import dev.sluice.schemas.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FreezeRulesTest {
    private static final Origin FIRST = new Origin("rollout.metrics/0", 5, 0);
    private static final Origin SECOND = new Origin("rollout.metrics/0", 9, 0);

    private static final Map<String, String> PAGE = Map.of("severity", "page");

    private record Rule(String alert, Map<String, String> when, Map<String, String> labels)
            implements FreezesConfig.Rule {}

    private final FreezeRules rules = of("outage", new Rule("High.*", Map.of("severity", "page"), Map.of("tier", "1")));

    private static FreezeRules of(String name, Rule rule) {
        return new FreezeRules(() -> Map.of(name, rule));
    }

    private static MetricEvent alert(String name, AlertState state, Map<String, String> labels) {
        return MetricEvent.ofAlert("shop/checkout", "prod", name, state, Instant.EPOCH, labels);
    }

    private Command command(MetricEvent event, Origin origin) {
        return rules.command(rules.told(event).getFirst(), origin).orElseThrow();
    }

    @Test
    @DisplayName("an alert that fits freezes the rule's rollouts, and the last one's end lifts that very freeze")
    void freezesWhileItFires() {
        // given
        var fired = alert("HighErrorRate", AlertState.FIRING, PAGE);
        var resolved = alert("HighErrorRate", AlertState.RESOLVED, PAGE);

        // when
        var put = command(fired, FIRST);
        var lifted = command(resolved, SECOND);

        // then
        assertThat(put.type()).isEqualTo(CommandType.FREEZE);
        assertThat(put.application()).isEqualTo("*");
        assertThat(put.actor()).isEqualTo("metrics-gate");
        assertThat(put.labels()).containsExactly(Map.entry("tier", "1"));
        assertThat(put.freeze()).isEqualTo("alert-outage");
        assertThat(put.reason()).isEqualTo("alert HighErrorRate of shop/checkout/prod fires (rule outage)");
        assertThat(lifted.type()).isEqualTo(CommandType.UNFREEZE);
        assertThat(lifted.freeze()).isEqualTo(put.freeze());
        assertThat(lifted.labels()).isEmpty();
        assertThat(lifted.reason())
                .isEqualTo("alert HighErrorRate of shop/checkout/prod is resolved, as the last (rule outage)");
        assertThat(List.of(put, lifted))
                .allSatisfy(command -> assertThat(DocumentSchema.named("command")
                                .problems(Json.mapper().valueToTree(command)))
                        .isEmpty());
    }

    @Test
    @DisplayName("B04: the same event read again leads to the same command, and the alerts of a rule to one freeze")
    void isTheSameWheneverItIsRead() {
        // given
        var fired = alert("HighErrorRate", AlertState.FIRING, PAGE);
        var other = alert("HighLatency", AlertState.FIRING, Map.of("severity", "page", "pod", "a"));

        // when
        var command = command(fired, FIRST);

        // then
        assertThat(command(fired, FIRST)).isEqualTo(command);
        assertThat(command(fired, SECOND).id()).isNotEqualTo(command.id());
        assertThat(command(other, SECOND).freeze()).isEqualTo(command.freeze());
    }

    @Test
    @DisplayName("a rule is told of alerts by what tells them apart, as of a target of its own")
    void isToldOfAlerts() {
        // when
        var told = rules.told(alert("HighErrorRate", AlertState.FIRING, PAGE)).getFirst();
        var ofOtherLabels = rules.told(
                        alert("HighErrorRate", AlertState.FIRING, Map.of("severity", "page", "pod", "a")))
                .getFirst();

        // then
        var key = new TargetKey(told.application(), told.target());
        assertThat(FreezeRules.isRule(key)).isTrue();
        assertThat(key.target()).isEqualTo("outage");
        assertThat(told.labels()).isNotEqualTo(ofOtherLabels.labels());
        assertThat(DocumentSchema.named("metric-event").problems(Json.mapper().valueToTree(told)))
                .isEmpty();
    }

    @Test
    @DisplayName("an alert that no rule names freezes nothing")
    void leavesOthersAlone() {
        // then
        assertThat(rules.told(alert("HighErrorRate", AlertState.FIRING, Map.of("severity", "warning"))))
                .isEmpty();
        assertThat(rules.told(alert("DiskFull", AlertState.FIRING, PAGE))).isEmpty();
        var ofOne = of("one", new Rule("DiskFull", Map.of("application", "shop/.*"), Map.of()));
        assertThat(ofOne.told(alert("DiskFull", AlertState.FIRING, Map.of()))).hasSize(1);
    }

    @Test
    @DisplayName("an expression that is none, or a name that no freeze can have, ends the start, naming the rule")
    void namesTheRuleThatIsWrong() {
        // then
        assertThatThrownBy(() -> of("outage", new Rule("High(", Map.of(), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sluice.gate.freezes.outage");
        assertThatThrownBy(() -> of("shop/outage", new Rule("High", Map.of(), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sluice.gate.freezes.shop/outage");
    }
}
