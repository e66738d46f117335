package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesElsewhereTest {
    private static final Mesh CONSUL = new Consul();

    private static GoldenCase golden(String name) {
        return golden(CONSUL, name);
    }

    private static GoldenCase golden(Mesh mesh, String name) {
        return GoldenCase.of(mesh).stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> written(GoldenCase golden, RouteObjects objects) {
        return Plan.of(CONSUL, objects, golden.placement()).stream()
                .map(write -> write.getClass().getSimpleName() + " "
                        + write.ref().kind().kind())
                .toList();
    }

    @Test
    @DisplayName("an object that only waits for its finalizers is not removed once more")
    void leavesWhatIsGoing() {
        // given
        var golden = golden("takes-a-router-that-is-going-for-gone");

        // then
        assertThat(written(golden, golden.objects())).containsExactly("Update ServiceSplitter");
    }

    @Test
    @DisplayName("B01 where a person paused the other object, the way back goes on without it, and it stays as it is")
    void goesBackWhereTheOtherIsPaused() {
        // given
        var golden = golden("takes-its-routes-out-of-a-users-router");
        var router = golden.refs().getLast();
        var paused = golden.objects().get(router).orElseThrow().copy();
        paused.open("metadata", "annotations").put("sluice.dev/paused", "true");
        var objects = golden.objects().with(router, paused);

        // then
        assertThat(written(golden, objects)).containsExactly("Update ServiceSplitter");
        assertThat(CONSUL.read(objects, golden.order()).match()).isNotNull();
    }

    @Test
    @DisplayName("a pause of the other object is said where it holds something up, and not where all is as ordered")
    void saysAPauseThatMatters() {
        // given
        var golden = golden("takes-its-routes-out-of-a-users-router");
        var asOrdered = golden("reads-what-is-as-ordered");
        var way = golden.placementOfTheWayBack();

        // then
        assertThat(CONSUL.read(paused(golden.objects(), golden), way.order()).unfit())
                .contains("sluice.dev/paused");
        assertThat(CONSUL.read(golden.objects(), way.order()).unfit()).isNull();
        assertThat(CONSUL.read(paused(asOrdered.objects(), asOrdered), asOrdered.order()))
                .matches(routed -> routed.unfit() == null)
                .matches(routed -> asOrdered.order().match().equals(routed.match()));
    }

    private static RouteObjects paused(RouteObjects objects, GoldenCase golden) {
        var ref = golden.refs().getLast();
        var paused = objects.get(ref).orElseThrow().copy();
        paused.open("metadata", "annotations").put("sluice.dev/paused", "true");
        return objects.with(ref, paused);
    }

    @Test
    @DisplayName("a group of matches that a person paused is neither removed nor changed, and holds no way back up")
    void leavesAPausedGroup() {
        // given
        var smi = new Smi();
        var golden = golden(smi, "takes-the-match-out-and-removes-its-group");
        var objects = paused(golden.objects(), golden);

        // when
        var writes = Plan.of(smi, objects, golden.placement());

        // then
        assertThat(writes).hasSize(1).allMatch(write -> write.ref().equals(objects.mainRef()));
        assertThat(smi.read(GoldenCheck.written(objects, writes), golden.order())
                        .match())
                .isNull();
        assertThat(smi.remove(objects, golden.order())).hasSize(1);
        assertThat(smi.remove(golden.objects(), golden.order())).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "consul, takes-its-routes-out-of-a-users-router",
        "consul, removes-the-router-that-it-made",
        "traefik, takes-its-routes-out",
        "smi, takes-the-match-out-and-removes-its-group",
        "ingressNginx, puts-back-what-was-there-before"
    })
    @DisplayName(
            "whoever lets go of a route leaves the weights that it has, and nothing beside; a fence alone leaves both")
    void letsGo(String name, String folder) {
        // given
        var mesh = new Meshes()
                .all().stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        var golden = golden(mesh, folder);
        var plain = TestOrder.of(0).through(name, golden.named()).numbered(9).weighing(null);
        var before = mesh.read(golden.objects(), golden.order());

        // when
        var fenced = after(mesh, golden.objects(), plain.build());
        var letGo = after(mesh, golden.objects(), plain.ending(End.RELEASE).build());

        // then
        assertThat(before.match()).isNotNull();
        assertThat(mesh.read(fenced, golden.order()).match()).isNotNull();
        assertThat(mesh.read(letGo, golden.order()).match()).isNull();
        assertThat(mesh.read(letGo, golden.order()).weights())
                .allSatisfy((backend, weight) ->
                        assertThat(weight).isEqualByComparingTo(before.weights().get(backend)));
        assertThat(letGo.documents().values().toString()).doesNotContain("sluice.dev/beside-");
    }

    private static RouteObjects after(Mesh mesh, RouteObjects objects, WeightOrder order) {
        var placement = new Placement(order, order.weight(), order.fence(), false);
        return GoldenCheck.written(objects, Plan.of(mesh, objects, placement));
    }

    @Test
    @DisplayName("B01 what is left of a route whose splitter is gone is said, with where it stands")
    void saysWhatIsLeft() {
        // given
        var golden = golden("takes-its-routes-out-of-a-users-router");
        var gone = golden.objects().with(golden.refs().getFirst(), null);
        var clean = golden("leaves-a-users-router-alone")
                .objects()
                .with(golden.refs().getFirst(), null);

        // then
        assertThat(Marks.left(gone, golden.order()))
                .contains("ServiceRouter checkout still sends")
                .contains("annotation sluice.dev/beside-8f571c3b45");
        assertThat(Marks.left(clean, golden.order())).isNull();
    }

    @Test
    @DisplayName("where the cluster doesn't serve the other kind, that is said, and nothing of it is written")
    void saysThatTheKindIsMissing() {
        // given
        var golden = golden("sends-what-matches-to-a-subset");
        var objects = new RouteObjects(golden.refs(), golden.objects().documents(), Map.of());

        // then
        assertThat(CONSUL.read(objects, golden.order()).unfit()).startsWith("the cluster serves no ServiceRouter");
        assertThat(written(golden, objects)).containsExactly("Update ServiceSplitter");
    }

    @Test
    @DisplayName("B40 a split that loses what is written of its matches never gives the canary all")
    void neverGivesAllToTheCanary() {
        // given
        var smi = new Smi();
        var golden = golden(smi, "sends-what-matches-to-the-canary");
        var objects = golden.objects();

        for (int i = 0; i < 3; i++) {
            // when
            objects = GoldenCheck.written(objects, Plan.of(smi, objects, golden.placement()));
            objects.main().open("spec").remove("matches");

            // then
            assertThat(smi.read(objects, golden.order()))
                    .matches(routed -> routed.pending() == null)
                    .matches(routed -> !golden.order().match().equals(routed.match()))
                    .matches(routed -> routed.weights().get("checkout-canary").signum() == 0);
        }
    }

    @Test
    @DisplayName("a canary that is a TraefikService too is no other route's at its own route's priority")
    void knowsItsRouteToANestedCanary() {
        // given
        var traefik = new Traefik();
        var golden = golden(traefik, "sends-what-matches-to-the-canary");
        var main = golden.objects().main().copy();
        main.list("spec", "weighted", "services").getLast().content().put("kind", "TraefikService");
        var objects = golden.objects().with(golden.refs().getFirst(), main);

        // when
        var after = GoldenCheck.written(objects, Plan.of(traefik, objects, golden.placement()));

        // then
        assertThat(traefik.read(after, golden.order()))
                .matches(routed -> routed.unfit() == null)
                .matches(routed -> golden.order().match().equals(routed.match()));
    }

    @Test
    @DisplayName("a match's rule comes before the weights, which name the fence, and goes after them")
    void writesInOrder() {
        // given
        var coming = golden("sends-what-matches-to-a-subset");
        var going = golden("removes-the-router-that-it-made");

        // then
        assertThat(written(coming, coming.objects())).containsExactly("Create ServiceRouter", "Update ServiceSplitter");
        assertThat(written(going, going.objects())).containsExactly("Update ServiceSplitter", "Delete ServiceRouter");
    }

    @Test
    @DisplayName("a rule that a person took out is put back, and the object that a person removed is made again")
    void putsBack() {
        // given
        var golden = golden("sends-what-matches-to-a-subset");
        var set = GoldenCheck.written(golden.objects(), Plan.of(CONSUL, golden.objects(), golden.placement()));
        var router = golden.refs().getLast();

        // when
        var removed = set.with(router, null);

        // then
        assertThat(CONSUL.read(set, golden.order()).match())
                .isEqualTo(golden.order().match());
        assertThat(CONSUL.read(removed, golden.order()).match()).isNull();
        assertThat(written(golden, removed)).containsExactly("Create ServiceRouter");
    }
}
