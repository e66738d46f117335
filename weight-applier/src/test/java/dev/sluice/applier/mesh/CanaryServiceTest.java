package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry.Named;
import dev.sluice.schemas.wire.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B16, B20: the canary's Service as an object of Sluice's own")
class CanaryServiceTest {
    private static final Mesh MESH = new Smi();
    private static final Map<String, Object> GREEN = Map.of("app", "checkout", "version", "green");
    private static final Named ENTRY = MeshEntries.named("smi")
            .flatMap(smi ->
                    smi.read(Json.mapper().valueToTree(Map.of("rootServiceName", "checkout", "canarySelector", GREEN))))
            .orElseThrow();

    private final WeightOrder begin =
            TestOrder.of(0).through("smi", ENTRY).beginning().numbered(1).build();

    private static Document service(String name, Map<String, Object> spec) {
        var service = new Document(new HashMap<>());
        service.content().putAll(Map.of("apiVersion", "v1", "kind", "Service", "spec", new HashMap<>(spec)));
        service.open("metadata").putAll(Map.of("name", name, "namespace", "shop", "uid", name, "resourceVersion", "7"));
        return service;
    }

    private RouteObjects objects() {
        var refs = new Meshes().match(begin) instanceof Meshes.Match.Found found ? found.objects(begin) : null;
        var port = Map.<String, Object>of("name", "http", "port", 80, "targetPort", "web", "nodePort", 30080);
        var active = service("checkout", Map.of("ports", List.of(port), "selector", Map.of("app", "checkout")));
        return new RouteObjects(
                refs, Map.of(refs.get(2), active), Map.of(refs.getFirst().kind().name(), "v1alpha4", "services", "v1"));
    }

    private static RouteObjects written(RouteObjects objects, WeightOrder order) {
        return GoldenCheck.written(objects, Plan.of(MESH, objects, placement(order)));
    }

    private static Placement placement(WeightOrder order) {
        return new Placement(order, order.weight(), order.fence(), true);
    }

    private static Document canary(RouteObjects objects) {
        return objects.get(objects.refs().get(1)).orElseThrow();
    }

    @Test
    void itIsMadeBeforeTheSplitWithTheActiveOnesPorts() {
        // when
        var writes = Plan.of(MESH, objects(), placement(begin));

        // then
        assertThat(writes).extracting(write -> write.ref().toString()).hasSize(2);
        assertThat(writes.getFirst()).isInstanceOfSatisfying(Write.Create.class, create -> {
            assertThat(create.ref().name()).isEqualTo("checkout-canary");
            assertThat(create.document().at("spec", "selector")).isEqualTo(GREEN);
            assertThat(create.document().list("spec", "ports").getFirst().content())
                    .isEqualTo(Map.of("name", "http", "port", 80, "targetPort", "web"));
            assertThat(create.document().text("metadata", "labels", "sluice.dev/managed"))
                    .isEqualTo("true");
        });
        assertThat(MESH.makes(begin)).containsExactly("checkout-canary");
    }

    @Test
    void theSecondTimeNothingIsWritten() {
        var made = written(objects(), begin);
        assertThat(Plan.of(MESH, made, placement(begin))).isEmpty();
    }

    @Test
    void onlyABeginningMakesIt() {
        // given
        var made = written(objects(), begin);
        var gone = made.with(made.refs().get(1), null);

        // then
        var raise = TestOrder.of(25).through("smi", ENTRY).numbered(2).build();
        var back = TestOrder.of(0).through("smi", ENTRY).numbered(3).build();
        assertThat(Plan.of(MESH, gone, placement(raise)))
                .extracting(write -> write.ref().kind().kind())
                .containsExactly("TrafficSplit");
        assertThat(Plan.of(MESH, gone, placement(back)))
                .extracting(write -> write.ref().kind().kind())
                .containsExactly("TrafficSplit");
    }

    @Test
    void somebodyElsesIsRefused() {
        // given
        var foreign = objects().with(objects().refs().get(1), service("checkout-canary", Map.of("selector", GREEN)));

        // then
        assertThat(MESH.cannotCreate(foreign, begin))
                .hasValueSatisfying(words -> assertThat(words).contains("Sluice did not make it"));
        assertThat(Plan.of(MESH, foreign, placement(begin)))
                .extracting(write -> write.ref().kind().kind())
                .doesNotContain("Service");
    }

    @Test
    void withoutTheActiveOneThereAreNoPortsToHave() {
        var objects = objects();
        assertThat(MESH.cannotCreate(objects.with(objects.refs().get(2), null), begin))
                .hasValueSatisfying(words -> assertThat(words).contains("whose ports"));
    }

    @Test
    void anotherSelectorIsWrittenAsLongAsItIsTheCanary() {
        // given
        var made = written(objects(), begin);
        var blue = MeshEntries.named("smi")
                .flatMap(smi -> smi.read(Json.mapper()
                        .valueToTree(
                                Map.of("rootServiceName", "checkout", "canarySelector", Map.of("version", "blue")))))
                .orElseThrow();

        // when
        var next = TestOrder.of(0).through("smi", blue).beginning().ofGeneration(TestOrder.GENERATION + 1);

        // then
        assertThat(canary(written(made, next.build())).at("spec", "selector")).isEqualTo(Map.of("version", "blue"));
        var swapped = next.between("checkout-canary", "checkout").build();
        assertThat(canary(written(made, swapped)).at("spec", "selector")).isEqualTo(GREEN);
    }

    @Test
    void itGoesAfterTheSplit() {
        // given
        var made = written(objects(), begin);
        var released = TestOrder.of(0)
                .through("smi", ENTRY)
                .numbered(4)
                .ending(End.RELEASE)
                .build();

        // then
        assertThat(MESH.remove(made, released))
                .allMatch(Write.Delete.class::isInstance)
                .extracting(write -> write.ref().kind().kind())
                .containsExactly("TrafficSplit", "Service");
        var foreign = made.with(made.refs().get(1), service("checkout-canary", Map.of("selector", GREEN)));
        assertThat(MESH.remove(foreign, released)).hasSize(1);
    }
}
