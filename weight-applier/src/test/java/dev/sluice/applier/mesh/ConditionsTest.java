package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.core.Confirmation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Document OBJECT =
            new Document(new LinkedHashMap<>(Map.of("metadata", Map.of("generation", 7))));

    private static Document accepted(String status, int generation) {
        var condition = condition(
                "type", "Accepted",
                "status", status,
                "reason", "NoMatchingParent",
                "message", "no listener takes it");
        condition.content().put("observedGeneration", generation);
        return condition;
    }

    private static Document condition(String... parts) {
        var condition = new Document(new LinkedHashMap<>());
        for (var i = 0; i < parts.length; i += 2) {
            condition.content().put(parts[i], parts[i + 1]);
        }
        return condition;
    }

    private static Confirmation say(Document... conditions) {
        return Conditions.say(OBJECT, List.of(conditions), "Accepted");
    }

    @Test
    void nobodysWordIsNone() {
        assertThat(say()).isNull();
        assertThat(say(condition("type", "ResolvedRefs", "status", "True"))).isNull();
    }

    @Test
    void aYesOfThisVersionIsOne() {
        assertThat(say(accepted("True", 7), accepted("True", 8))).isEqualTo(Confirmation.GIVEN);
        assertThat(say(accepted("True", 6))).isEqualTo(Confirmation.AWAITED);
        assertThat(say(condition("type", "Accepted", "status", "True"))).isEqualTo(Confirmation.GIVEN);
    }

    @Test
    void aNoOfThisVersionIsOneWithItsWords() {
        assertThat(say(accepted("False", 7)))
                .isEqualTo(Confirmation.denied("Accepted is False (NoMatchingParent: no listener takes it)"));
        assertThat(say(condition("type", "Accepted", "status", "False")))
                .isEqualTo(Confirmation.denied("Accepted is False"));
    }

    @Test
    void aNoOfAnEarlierVersionOrOfSomeParentsOnlyIsNone() {
        assertThat(say(accepted("False", 6))).isEqualTo(Confirmation.AWAITED);
        assertThat(say(accepted("False", 7), accepted("True", 7))).isEqualTo(Confirmation.AWAITED);
        assertThat(say(accepted("Unknown", 7))).isEqualTo(Confirmation.AWAITED);
    }
}
