package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B20: the selector of the active backend's Service")
class SelectorsTest {
    private static final Mesh MESH = new Smi();
    private static final Map<String, Object> BLUE = Map.of("app", "checkout", "version", "blue");
    private static final Map<String, Object> GREEN = Map.of("app", "checkout", "version", "green");

    private final WeightOrder switched =
            TestOrder.of(100).numbered(9).selecting(Selector.CANARY).build();
    private final WeightOrder goesBack =
            TestOrder.of(0).numbered(10).selecting(Selector.OWN).build();

    private static Document document(String kind, String apiVersion, String name, Map<String, Object> spec) {
        var document = new Document(new HashMap<>());
        document.content().putAll(Map.of("apiVersion", apiVersion, "kind", kind, "spec", new HashMap<>(spec)));
        document.open("metadata")
                .putAll(Map.of("name", name, "namespace", "shop", "uid", name, "resourceVersion", "7"));
        return document;
    }

    private static RouteObjects objects(WeightOrder order, Map<String, Object> active, Map<String, Object> canary) {
        var refs = new Meshes().match(order) instanceof Meshes.Match.Found found ? found.objects(order) : null;
        var split = document(
                "TrafficSplit",
                "split.smi-spec.io/v1alpha4",
                "checkout",
                Map.of(
                        "service",
                        "checkout",
                        "backends",
                        List.of(
                                new HashMap<>(Map.of("service", order.active(), "weight", 0)),
                                new HashMap<>(Map.of("service", order.canary(), "weight", 100)))));
        var documents = new HashMap<ObjectRef, Document>();
        documents.put(refs.getFirst(), split);
        documents.put(
                refs.get(1),
                document("Service", "v1", order.active(), Map.of("selector", active, "clusterIP", "10.0.0.1")));
        documents.put(refs.get(2), document("Service", "v1", order.canary(), Map.of("selector", canary)));
        return new RouteObjects(refs, documents, Map.of(refs.getFirst().kind().name(), "v1alpha4", "services", "v1"));
    }

    private static Placement placement(WeightOrder order) {
        var fence = new Fence(order.generation(), order.sequence(), order.weight(), order.active());
        return new Placement(order, order.weight(), fence, true);
    }

    private static RouteObjects written(RouteObjects objects, WeightOrder order) {
        return GoldenCheck.written(objects, Plan.of(MESH, objects, placement(order)));
    }

    private static Document active(RouteObjects objects) {
        return objects.get(objects.refs().get(1)).orElseThrow();
    }

    @Test
    void anOrderThatDoesNotAskForItHasNoServiceAmongItsObjects() {
        var order = TestOrder.of(100).build();
        assertThat(new Meshes().match(order))
                .isInstanceOfSatisfying(
                        Meshes.Match.Found.class,
                        found -> assertThat(found.objects(order)).hasSize(1));
    }

    @Test
    void itTakesTheCanarysAndTheRestStays() {
        // given
        var objects = objects(switched, BLUE, GREEN);
        assertThat(Marks.read(MESH, objects, switched).routed().selector()).isEqualTo(Selector.OWN);

        // when
        var after = written(objects, switched);

        // then
        assertThat(active(after).at("spec", "selector")).isEqualTo(GREEN);
        assertThat(active(after).text("spec", "clusterIP")).isEqualTo("10.0.0.1");
        assertThat(Marks.read(MESH, after, switched).routed().selector()).isEqualTo(Selector.CANARY);
        assertThat(Plan.of(MESH, after, placement(switched))).isEmpty();
    }

    @Test
    void theServiceIsWrittenBeforeTheWeights() {
        assertThat(Plan.of(MESH, objects(switched, BLUE, GREEN), placement(switched)).stream()
                        .map(write -> write.ref().kind().kind()))
                .containsExactly("Service", "TrafficSplit");
    }

    @Test
    void itComesBackWithoutATrace() {
        // given
        var before = objects(switched, BLUE, GREEN);
        var there = written(before, switched);

        // when
        var after = written(there, goesBack);

        // then
        assertThat(active(after).at("spec")).isEqualTo(active(before).at("spec"));
        assertThat(Leaves.of(active(after)).values().keySet())
                .doesNotContain("/metadata/annotations/sluice.dev/selector");
        assertThat(Marks.read(MESH, after, goesBack).routed().selector()).isEqualTo(Selector.OWN);
    }

    @Test
    @DisplayName("what another rollout switched is nobody's to switch back")
    void anothersStays() {
        // given
        var there = written(objects(switched, BLUE, GREEN), switched);
        var later = TestOrder.of(0)
                .numbered(11)
                .ofRollout("r2")
                .selecting(Selector.OWN)
                .build();

        // when
        var after = written(there, later);

        // then
        assertThat(active(after).at("spec", "selector")).isEqualTo(GREEN);
        assertThat(Marks.read(MESH, after, later).routed().selector()).isEqualTo(Selector.OWN);
    }

    @Test
    @DisplayName("B09: the Service's own fence tells of a newer order")
    void theServiceIsFenced() {
        // given
        var there = written(objects(switched, BLUE, GREEN), switched);
        var without = there.main().copy();
        without.open("metadata").remove("annotations");
        var split = there.with(there.mainRef(), without);

        // when
        var older = TestOrder.of(50).numbered(8).selecting(Selector.OWN).build();

        // then
        assertThat(Marks.read(MESH, split, older).fence().sequence()).isEqualTo(9);
    }

    @Test
    void withoutASelectorThereIsNothingToSwitch() {
        assertThat(Marks.read(MESH, objects(switched, BLUE, Map.of()), switched).unfit())
                .contains("shop/" + switched.canary())
                .contains("has no selector");
        var objects = objects(switched, BLUE, GREEN);
        var gone = objects.with(objects.refs().get(2), null);
        assertThat(Marks.read(MESH, gone, switched).unfit()).contains("does not exist");
    }

    @Test
    @DisplayName("B40: the way back is planned whatever is missing")
    void theWayBackIsNeverStopped() {
        // given
        var there = written(objects(switched, BLUE, GREEN), switched);
        var without = there.with(there.refs().get(2), null);

        // when
        var after = written(without, goesBack);

        // then
        assertThat(active(after).at("spec", "selector")).isEqualTo(BLUE);
    }

    @Test
    @DisplayName("two routes over the same Services switch it once, and back to what was its own")
    void twoRoutesShareItsMemory() {
        // given
        var other = TestOrder.of(100)
                .named("checkout-too")
                .numbered(9)
                .selecting(Selector.CANARY)
                .build();
        var first = written(objects(switched, BLUE, GREEN), switched);
        var ofOther = objects(other, BLUE, GREEN);
        ofOther = ofOther.with(ofOther.refs().get(1), active(first));

        // when
        var second = written(ofOther, other);
        var back = written(
                second,
                TestOrder.of(0)
                        .named("checkout-too")
                        .numbered(10)
                        .selecting(Selector.OWN)
                        .build());

        // then
        assertThat(active(second).at("spec", "selector")).isEqualTo(GREEN);
        assertThat(active(back).at("spec", "selector")).isEqualTo(BLUE);
    }

    @Test
    @DisplayName("what was seen of a route without its Services says nothing of their selectors")
    void saysNothingOfWhatWasNotLookedAt() {
        var objects = objects(switched, BLUE, GREEN);
        var without = new RouteObjects(
                objects.refs().subList(0, 1), Map.of(objects.mainRef(), objects.main()), objects.versions());
        assertThat(Marks.read(MESH, without, switched).routed().selector()).isNull();
        assertThat(Marks.read(MESH, without, goesBack).routed().selector()).isNull();
    }

    @Test
    @DisplayName("B16 a person's Service stays a person's, though Sluice makes the split")
    void theServiceIsNotLabelled() {
        var there = active(written(objects(switched, BLUE, GREEN), switched));
        assertThat(there.text("metadata", "labels", "sluice.dev/managed")).isNull();
        assertThat(Leaves.of(there).values().keySet()).anyMatch(place -> place.contains("/sluice.dev/fence-"));
    }

    @Test
    @DisplayName("B15 a paused Service holds the order as a paused split does")
    void aPauseOfTheServiceCounts() {
        var objects = objects(switched, BLUE, GREEN);
        active(objects).open("metadata", "annotations").put("sluice.dev/paused", "true");
        assertThat(Marks.read(MESH, objects, switched).paused()).isTrue();
        // nothing was switched, so that nothing of it is to be written
        assertThat(Marks.read(MESH, objects, goesBack).paused()).isFalse();
    }

    @Test
    @DisplayName("B40 where there is no Service, the way back has nothing to switch")
    void withoutServicesTheWayBackIsDone() {
        var mesh = new Smi() {
            @Override
            public String service(WeightOrder order, String backend) {
                return null;
            }
        };
        var objects = objects(goesBack, BLUE, GREEN);
        assertThat(Marks.read(mesh, objects, goesBack).routed().selector()).isEqualTo(Selector.OWN);
        assertThat(Marks.read(mesh, objects, switched).unfit()).contains("have no Services of their own");
    }
}
