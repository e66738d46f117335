package dev.sluice.gate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gate.config.FreezesConfig;
import dev.sluice.gate.core.Origin;
import dev.sluice.schemas.check.DocumentSchema;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import dev.sluice.schemas.wire.Json;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FreezeRulesTest {
    private static final Origin FIRST = new Origin("rollout.metrics/0", 5, 0);
    private static final Origin SECOND = new Origin("rollout.metrics/0", 9, 0);

    private record Rule(String alert, Map<String, String> when, Map<String, String> labels)
            implements FreezesConfig.Rule {}

    private final FreezeRules rules = of("outage", new Rule("High.*", Map.of("severity", "page"), Map.of("tier", "1")));

    private static FreezeRules of(String name, Rule rule) {
        return new FreezeRules(() -> Map.of(name, rule));
    }

    private static MetricEvent alert(String name, AlertState state, Map<String, String> labels) {
        return MetricEvent.ofAlert("shop/checkout", "prod", name, state, Instant.EPOCH, labels);
    }

    @Test
    @DisplayName("an alert that fits freezes the rule's rollouts, and its end lifts that very freeze")
    void freezesWhileItFires() {
        // given
        var page = Map.of("severity", "page");

        // when
        var put = rules.commands(alert("HighErrorRate", AlertState.FIRING, page), FIRST);
        var lifted = rules.commands(alert("HighErrorRate", AlertState.RESOLVED, page), SECOND);

        // then
        assertThat(put).singleElement().satisfies(command -> {
            assertThat(command.type()).isEqualTo(CommandType.FREEZE);
            assertThat(command.application()).isEqualTo("*");
            assertThat(command.actor()).isEqualTo("metrics-gate");
            assertThat(command.labels()).containsExactly(Map.entry("tier", "1"));
            assertThat(command.reason()).isEqualTo("alert HighErrorRate of shop/checkout/prod fires (rule outage)");
            assertThat(DocumentSchema.named("command").problems(Json.mapper().valueToTree(command)))
                    .isEmpty();
        });
        assertThat(lifted).singleElement().satisfies(command -> {
            assertThat(command.type()).isEqualTo(CommandType.UNFREEZE);
            assertThat(command.freeze()).isEqualTo(put.getFirst().freeze());
            assertThat(command.labels()).isEmpty();
            assertThat(command.id()).isNotEqualTo(put.getFirst().id());
        });
    }

    @Test
    @DisplayName("B04: the same event read again leads to the same command, and other labels are another alert")
    void isTheSameWheneverItIsRead() {
        // given
        var fired = alert("HighErrorRate", AlertState.FIRING, Map.of("severity", "page"));
        var other = alert("HighErrorRate", AlertState.FIRING, Map.of("severity", "page", "pod", "a"));

        // when
        var command = rules.commands(fired, FIRST).getFirst();

        // then
        assertThat(rules.commands(fired, FIRST)).containsExactly(command);
        assertThat(rules.commands(fired, SECOND).getFirst().freeze()).isEqualTo(command.freeze());
        assertThat(rules.commands(other, FIRST).getFirst().freeze()).isNotEqualTo(command.freeze());
    }

    @Test
    @DisplayName("an alert that no rule names freezes nothing")
    void leavesOthersAlone() {
        // then
        assertThat(rules.commands(alert("HighErrorRate", AlertState.FIRING, Map.of("severity", "warning")), FIRST))
                .isEmpty();
        assertThat(rules.commands(alert("DiskFull", AlertState.FIRING, Map.of("severity", "page")), FIRST))
                .isEmpty();
        var ofOne = of("one", new Rule("DiskFull", Map.of("application", "shop/.*"), Map.of()));
        assertThat(ofOne.commands(alert("DiskFull", AlertState.FIRING, Map.of()), FIRST))
                .hasSize(1);
    }

    @Test
    @DisplayName("an expression that is none ends the start, naming the rule")
    void namesTheRuleThatIsWrong() {
        // then
        assertThatThrownBy(() -> of("outage", new Rule("High(", Map.of(), Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sluice.gate.freezes.outage");
    }
}
