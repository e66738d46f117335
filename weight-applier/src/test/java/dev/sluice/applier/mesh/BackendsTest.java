package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.Weight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackendsTest {
    private static final WeightKey FORM = new WeightKey(entry -> entry.text("name"), 1);

    @Test
    @DisplayName(
            "B40 where the active backend is gone from a list, a way back takes nothing from the canary: nobody would be served")
    void leavesNobodyUnserved() {
        // given
        var canary = entry("checkout-canary", 50);

        // when
        new Backends(List.of(canary), TestOrder.of(0).build(), FORM).put(Weight.ZERO);

        // then
        assertThat(canary.at("weight")).isEqualTo(50);
    }

    @Test
    @DisplayName("B40 beside others who serve, it is taken back all the same")
    void takesBackBesideOthers() {
        // given
        var canary = entry("checkout-canary", 50);
        var other = entry("checkout-next", 50);

        // when
        new Backends(List.of(canary, other), TestOrder.of(0).build(), FORM).put(Weight.ZERO);

        // then
        assertThat(canary.at("weight")).isEqualTo(0);
    }

    @Test
    @DisplayName("B18 each of several rules is told of, for an order may raise one that another hides")
    void tellsOfEachRule() {
        // given
        var order = TestOrder.of(25).build();
        var rules = List.of(rule(60, 40), rule(100, 0));

        // when
        var routed = Moved.all(rules).routed(order);

        // then
        assertThat(routed.parts())
                .extracting(part -> part.weights().get("checkout-canary").intValue())
                .containsExactly(40, 0);
    }

    private static Moved.Rule rule(int active, int canary) {
        var entries = List.of(entry("checkout", active), entry("checkout-canary", canary));
        return Moved.Rule.of(new Backends(entries, TestOrder.of(25).build(), FORM));
    }

    private static Document entry(String name, int weight) {
        return new Document(new HashMap<>(Map.of("name", name, "weight", weight)));
    }
}
