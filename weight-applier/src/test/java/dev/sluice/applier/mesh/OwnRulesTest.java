package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.SessionAffinity;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import dev.sluice.schemas.wire.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnRulesTest {
    private static final Mesh MESH = new GatewayApi();
    private static final SessionAffinity AN_HOUR = new SessionAffinity("canary", Duration.ofHours(1));

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
                .through(MESH.name(), named(golden))
                .mirroring(new Mirror(new BigDecimal(percent)))
                .build();
        return new Placement(order, order.weight(), order.fence(), false);
    }

    private static MeshEntry.Named named(GoldenCase golden) {
        return MeshEntries.named(MESH.name())
                .flatMap(entries -> entries.read(
                        Json.mapper().valueToTree(golden.order().mesh().get(MESH.name()))))
                .orElseThrow();
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

    private static TestOrder keeping(GoldenCase golden, int percent) {
        return TestOrder.of(percent).through(MESH.name(), named(golden)).keepingClients(AN_HOUR);
    }

    private static RouteObjects at(RouteObjects objects, TestOrder order) {
        return written(objects, placed(order.build(), order.build().weight()));
    }

    private static Placement placed(WeightOrder order, Weight weight) {
        return new Placement(order, weight, order.fence(), false);
    }

    @Test
    @DisplayName(
            "the next rollout sends none of an earlier one's clients to its canary, even where nobody took that back")
    void tellsRolloutsClientsApart() {
        // given
        var golden = golden("keeps-clients-at-the-canary");
        var first = at(golden.objects(), keeping(golden, 25));

        // when
        var next = at(first, keeping(golden, 25).ofGeneration(TestOrder.GENERATION + 1));

        // then
        var ofFirst = StickyCookie.of(keeping(golden, 25).build(), AN_HOUR).value();
        assertThat(first.main().toString()).contains(ofFirst);
        assertThat(next.main().toString()).doesNotContain(ofFirst);
        assertThat(next.main().list("spec", "rules")).hasSameSizeAs(first.main().list("spec", "rules"));
    }

    @Test
    @DisplayName("a rollout the other way round takes out what an earlier one left on the backend that is active now")
    void takesOutOfTheOtherBackend() {
        // given
        var golden = golden("keeps-clients-at-the-canary");
        var kept = at(golden.objects(), keeping(golden, 25));

        // when
        var after = at(
                kept, keeping(golden, 0).ofGeneration(TestOrder.GENERATION + 1).between("checkout-canary", "checkout"));

        // then
        assertThat(after.main().toString()).doesNotContain(StickyCookie.HEADER + ", value=canary=");
        assertThat(after.main().list("spec", "rules"))
                .hasSameSizeAs(golden.objects().main().list("spec", "rules"));
    }

    @Test
    @DisplayName("whoever lets go of a route leaves its weights, and nobody kept; a fence alone leaves both")
    void letsGoOfClients() {
        // given
        var golden = golden("keeps-clients-at-the-canary");
        var kept = at(golden.objects(), keeping(golden, 25));
        var fenceAlone = keeping(golden, 25).numbered(3).weighing(null);

        // then
        assertThat(at(kept, fenceAlone).main().at("spec")).isEqualTo(kept.main().at("spec"));

        // when
        var after = at(kept, fenceAlone.ending(End.RELEASE));

        // then
        assertThat(after.main().toString()).doesNotContain("sluice-affinity").doesNotContain("canary=sluice");
        assertThat(MESH.read(after, keeping(golden, 25).build()).weights())
                .isEqualTo(MESH.read(kept, keeping(golden, 25).build()).weights());
    }

    @Test
    @DisplayName("B15 a lost annotation leaves no client of a rule with a name kept, and no cookie handed out")
    void takesOutWithoutItsMemory() {
        // given
        var golden = golden("keeps-clients-at-the-canary");
        var kept = at(golden.objects(), keeping(golden, 25));
        kept.main().open("metadata").remove("annotations");

        // when
        var after = at(kept, keeping(golden, 0));

        // then
        assertThat(after.main().toString()).doesNotContain(StickyCookie.HEADER + ", value=canary=");
        assertThat(after.main().list("spec", "rules").stream().map(rule -> rule.text("name")))
                .noneMatch(OwnRules::isOwn);
        assertThat(MESH.read(after, keeping(golden, 0).build()).affinity()).isNull();
    }

    @Test
    @DisplayName("B17 all to the active one against the order keeps nobody, and is as it was written")
    void servesAgainWithoutKeeping() {
        // given
        var golden = golden("keeps-clients-beside-a-match-and-a-mirror");
        var order = golden.order();
        var kept = written(golden.objects(), golden.placement());

        // when
        var after = written(kept, placed(order, Weight.ZERO));

        // then
        assertThat(MESH.read(after, order))
                .matches(routed -> routed.affinity() == null)
                .matches(routed -> order.match().equals(routed.match()))
                .matches(routed -> order.mirror().equals(routed.mirror()));
    }

    @Test
    @DisplayName("a rule's canary that hands out a cookie of a person's still does once nobody is kept")
    void keepsAPersonsCookie() {
        // given
        var golden = golden("refuses-to-keep-clients-beside-a-filter-for-cookies");

        // when
        var after = at(golden.objects(), keeping(golden, 25));

        // then
        assertThat(Leaves.of(after.main())
                        .differences(Leaves.of(golden.objects().main())))
                .allMatch(place -> place.startsWith("/metadata/"));
    }

    private static final String BY_PLACE = """
            {"kind": "HTTPRoute", "spec": {"rules": [
              {"matches": [{"path": {"type": "PathPrefix", "value": "/a"}}], "backendRefs": [
                {"name": "a", "weight": 100}, {"name": "a-canary", "weight": 0}]},
              {"matches": [{"path": {"type": "PathPrefix", "value": "/b"}}], "backendRefs": [
                {"name": "b", "weight": 100}, {"name": "b-canary", "weight": 0}]}]}}
            """;

    private static TestOrder byPlace(int place, String backend) {
        var entry = Map.of(
                "route",
                Map.of("name", "checkout", "ruleIndex", place),
                "activeService",
                backend,
                "canaryService",
                backend + "-canary");
        var named = MeshEntries.named(MESH.name())
                .flatMap(entries -> entries.read(Json.mapper().valueToTree(entry)))
                .orElseThrow();
        return TestOrder.of(25).through(MESH.name(), named);
    }

    @SuppressWarnings("unchecked")
    private static RouteObjects byPlaces() throws JsonProcessingException {
        var document = new Document(Json.mapper().readValue(BY_PLACE, Map.class));
        var order = byPlace(0, "a").build();
        var refs = MESH.objects(order, RouteIdentity.parse(order.route()).orElseThrow());
        return new RouteObjects(refs, Map.of(refs.getFirst(), document), Map.of());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("rules without names that another route put in between change no places")
    void countsAPersonsRulesAlone(boolean byMatch) throws JsonProcessingException {
        // given
        var match = golden("sends-what-matches-to-the-canary").order().match();
        var first = byMatch
                ? byPlace(0, "a").matching(new Match(match.headers(), null, null, null, null, null))
                : byPlace(0, "a").keepingClients(AN_HOUR);
        var second = byPlace(1, "b").keepingClients(AN_HOUR);
        var given = byPlaces();

        // when
        var both = at(at(given, first), second);

        // then
        assertThat(both.main().list("spec", "rules")).hasSize(4);
        assertThat(both.main().list("spec", "rules").getLast().list("backendRefs").stream()
                        .map(ref -> ref.at("weight")))
                .containsExactly(75, 25);
        assertThat(MESH.read(both, first.build()).unfit()).isNull();
        assertThat(Plan.of(MESH, both, placed(first.build(), first.build().weight())))
                .isEmpty();

        // when
        var back = at(at(both, byPlace(1, "b").weighing("0")), byPlace(0, "a").weighing("0"));

        // then
        assertThat(back.main().at("spec")).isEqualTo(given.main().at("spec"));
    }
}
