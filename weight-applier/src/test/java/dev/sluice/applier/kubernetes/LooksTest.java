package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.RouteIdentity;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.applier.mesh.Smi;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static boolean isDecidedByNone(TestOrder order) {
        var mesh = new Smi();
        var built = order.build();
        var refs = mesh.objects(built, RouteIdentity.parse(built.route()).orElseThrow());
        var split = new Document(Map.of(
                "spec",
                Map.of(
                        "service",
                        "checkout",
                        "backends",
                        List.of(
                                Map.of("service", "checkout", "weight", 100),
                                Map.of("service", "checkout-canary", "weight", 0)))));
        var objects = new RouteObjects(refs, Map.of(refs.getFirst(), split), Map.of());
        return Looks.isDecidedByNone(mesh, objects, built, built.canary());
    }

    @Test
    @DisplayName("B18 B55 a canary that matching requests or copies go to is not taken for lost by what a watch shows")
    void asksWhereAnythingGoesToTheCanary() {
        var requests = new Match(List.of(), List.of(), List.of(), null, "GET", null);
        assertThat(isDecidedByNone(TestOrder.of(0))).isFalse();
        assertThat(isDecidedByNone(TestOrder.of(0).matching(requests))).isTrue();
        assertThat(isDecidedByNone(TestOrder.of(0).mirroring(new Mirror(BigDecimal.TEN))))
                .isTrue();
    }
}
