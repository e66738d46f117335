package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.wire.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OwnRulesTest {
    private static final Mesh MESH = new GatewayApi();

    private static GoldenCase golden(String name) {
        return GoldenCase.of(MESH).stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static RouteObjects written(RouteObjects objects, Placement placement) {
        return GoldenCheck.written(objects, Plan.of(MESH, objects, placement));
    }

    private static List<Document> filters(RouteObjects objects) {
        return objects.main().list("spec", "rules").getFirst().list("filters");
    }

    @Test
    @DisplayName("copies of everything that were to be copies of some are taken back, and not made again")
    void takesBackCopiesOfEverything() {
        // given
        var golden = golden("refuses-a-share-that-is-not-kept");

        // when
        var after = written(golden.objects(), golden.placement());

        // then
        assertThat(filters(after)).isEmpty();
        assertThat(MESH.read(after, golden.order()).unfit()).contains("copies all requests or none");
        assertThat(Plan.of(MESH, after, golden.placement())).isEmpty();
    }

    @Test
    @DisplayName("B01 the way back leaves nothing of copies that were taken back")
    void forgetsOnTheWayBack() {
        // given
        var golden = golden("refuses-a-share-that-is-not-kept");
        var dropped = written(golden.objects(), golden.placement());

        // when
        var after = written(dropped, golden.placementOfTheWayBack());

        // then
        assertThat(Leaves.of(after.main()).values().keySet()).noneMatch(place -> place.contains("/beside-"));
        assertThat(MESH.read(after, golden.placementOfTheWayBack().order()).mirror())
                .isNull();
    }

    @Test
    @DisplayName("copies of all that become copies of some are no sign that a share isn't kept")
    void changesTheShare() {
        // given
        var golden = golden("sends-what-matches-to-the-canary");
        var all = written(golden.objects(), copying(golden, "100"));

        // when
        var after = written(all, copying(golden, "10"));

        // then
        assertThat(MESH.read(after, copying(golden, "10").order()))
                .matches(routed -> routed.unfit() == null)
                .matches(routed -> new Mirror(BigDecimal.TEN).equals(routed.mirror()));
    }

    private static Placement copying(GoldenCase golden, String percent) {
        var order = TestOrder.of(0)
                .through(
                        MESH.name(),
                        MeshEntries.named(MESH.name())
                                .flatMap(entries -> entries.read(Json.mapper()
                                        .valueToTree(golden.order().mesh().get(MESH.name()))))
                                .orElseThrow())
                .mirroring(new Mirror(new BigDecimal(percent)))
                .build();
        return new Placement(order, order.weight(), order.fence(), false);
    }

    @Test
    @DisplayName("a match that a person's change of the rule makes impossible is taken out, and said")
    void leavesNothingHalf() {
        // given
        var golden = golden("sends-what-matches-to-the-canary");
        var set = written(golden.objects(), golden.placement());
        for (var rule : set.main().list("spec", "rules")) {
            if ("main".equals(rule.text("name"))) {
                rule.list("matches").getFirst().append(condition(), "headers");
            }
        }

        // when
        var after = written(set, golden.placement());

        // then
        assertThat(after.main().list("spec", "rules"))
                .hasSize(golden.objects().main().list("spec", "rules").size());
        assertThat(MESH.read(after, golden.order()).unfit()).startsWith("a rule matches on the header x-cohort");
    }

    private static Map<String, Object> condition() {
        return Map.of("type", "RegularExpression", "name", "x-cohort", "value", "c.*");
    }

    @Test
    @DisplayName("of two equal rules the one that stands in an own one's place is Sluice's, and a person's stays")
    void keepsAPersonsTwin() {
        // given
        var nginx = new Nginx();
        var golden = GoldenCase.of(nginx).stream()
                .filter(known -> known.name().equals("sends-what-matches-to-the-canary"))
                .findFirst()
                .orElseThrow();
        var named = MeshEntries.named("nginx")
                .flatMap(entries -> entries.read(Json.mapper()
                        .valueToTree(Map.of(
                                "virtualServer", Map.of("name", "checkout", "routeIndex", 0),
                                "activeService", "checkout",
                                "canaryService", "checkout-canary"))))
                .orElseThrow();
        var order = TestOrder.of(0)
                .through("nginx", named)
                .matching(golden.order().match())
                .build();
        var set = GoldenCheck.written(
                golden.objects(),
                Plan.of(nginx, golden.objects(), new Placement(order, order.weight(), order.fence(), false)));
        var routes = set.main().list("spec", "routes");
        var own = routes.getFirst().list("matches").getLast().copy();
        routes.getLast().append(own.content(), "matches");

        // when
        var ended = TestOrder.of(0).through("nginx", named).build();
        var after = GoldenCheck.written(
                set, Plan.of(nginx, set, new Placement(ended, ended.weight(), ended.fence(), false)));

        // then
        assertThat(after.main().list("spec", "routes").getFirst().list("matches"))
                .hasSize(1);
        assertThat(after.main().list("spec", "routes").getLast().list("matches"))
                .containsExactly(own);
    }
}
