package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Shares;
import dev.sluice.applier.kubernetes.DirectObjects;
import dev.sluice.schemas.Weight;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A route on an API server: its objects as a case has them, created there, ordered to a weight, and read again. What the
 * server fills in, prunes or refuses is all part of it.
 */
final class MeshTrial {
    private static final List<String> SERVERS = List.of("uid", "resourceVersion", "managedFields");

    private final DirectObjects api;
    private final PlayedController controller;
    private final Mesh mesh;
    private final GoldenCase golden;
    private final Map<String, String> versions;

    /** @param versions in which the objects are created, read and written, by {@link Kind#name} */
    MeshTrial(DirectObjects api, Mesh mesh, GoldenCase golden, Map<String, String> versions) {
        this.api = api;
        this.controller = new PlayedController(api);
        this.mesh = mesh;
        this.golden = golden;
        this.versions = versions;
    }

    /** Changes exactly what the case says, where it says it. */
    void asTheCaseSays() {
        try {
            var before = created();
            var placement = golden.placement();
            var after = ordered(before, placement);
            for (var ref : golden.refs()) {
                var wanted = Leaves.of(asWritten(ref));
                var places = Leaves.of(golden.objects().get(ref).orElse(null)).differences(wanted);
                var found = Leaves.of(after.get(ref).orElse(null));
                assertThat(changed(ref, before, after)).as("changed of " + ref).isSubsetOf(places);
                assertThat(only(found, places)).as("written of " + ref).isEqualTo(only(wanted, places));
            }
        } finally {
            remove();
        }
    }

    /** Changes nothing but what the case changes too, from whatever weight to whatever other. */
    void at(List<Weight> weights) {
        try {
            var before = created();
            var places = places();
            for (var weight : weights) {
                var after = ordered(before, golden.placement(weight));
                for (var rest = 0; isPending(after, weight); rest++) {
                    assertThat(rest).as("steps to " + weight).isLessThan(10);
                    golden.refs().forEach(controller::play);
                    after = ordered(read(), golden.placement(weight));
                }
                for (var ref : golden.refs()) {
                    assertThat(changed(ref, before, after))
                            .as("changed of " + ref)
                            .isSubsetOf(places);
                }
                before = after;
            }
        } finally {
            remove();
        }
    }

    /** What is sent beside the weight is put back after Git's version was applied again, and leaves no trace once it ends. */
    void thereAndBack() {
        try {
            var before = created();
            var order = golden.order();
            ordered(before, golden.placement());
            var reapplied = appliedAgain(before);
            assertThat(mesh.read(reapplied, order))
                    .as("as Git has it")
                    .matches(routed -> !Objects.equals(routed.match(), order.match())
                            || !Objects.equals(routed.mirror(), order.mirror())
                            || !Objects.equals(routed.affinity(), order.affinityAt(order.weight())));
            ordered(reapplied, golden.placement());
            var after = ordered(read(), golden.placementOfTheWayBack());
            for (var ref : golden.refs()) {
                assertThat(changed(ref, before, after))
                        .as("changed of " + ref)
                        .allMatch(place -> place.endsWith("/weight")
                                || place.startsWith("/metadata/annotations/sluice.dev/fence-"));
            }
        } finally {
            remove();
        }
    }

    /** What wasn't there before is removed. */
    private RouteObjects appliedAgain(RouteObjects before) {
        for (var ref : golden.refs()) {
            api.get(ref, version(ref)).ifPresent(live -> {
                var mine = before.get(ref);
                mine.ifPresent(document -> applyAgain(live, document));
                api.carryOut(
                        mine.isPresent() ? new Write.Update(ref, live) : new Write.Delete(ref, live), version(ref));
            });
        }
        return read();
    }

    private static void applyAgain(Document live, Document mine) {
        live.content().put("spec", mine.copy().at("spec"));
        var annotations = live.open("metadata", "annotations");
        annotations.keySet().removeIf(name -> !name.startsWith("sluice.dev/"));
        annotations.putAll(mine.copy().open("metadata", "annotations"));
    }

    private boolean isPending(RouteObjects objects, Weight weight) {
        return mesh.read(objects, golden.placement(weight).order()).pending() != null;
    }

    private Set<String> places() {
        var places = new TreeSet<String>();
        for (var ref : golden.refs()) {
            if (mesh.use(ref.kind()) == Use.SCALE) {
                places.add("/spec/replicas");
                places.addAll(PlayedController.PLACES);
            }
            places.addAll(Leaves.of(golden.objects().get(ref).orElse(null)).differences(Leaves.of(asWritten(ref))));
        }
        return places;
    }

    private RouteObjects ordered(RouteObjects before, Placement placement) {
        Plan.of(mesh, before, placement).forEach(write -> api.carryOut(write, version(write.ref())));
        var after = read();
        var order = placement.order();
        var routed = mesh.read(after, order);
        assertThat(routed.unfit()).isNull();
        assertThat(Marks.read(mesh, after, order).fence()).isEqualTo(placement.fence());
        if (routed.pending() != null) {
            return after;
        }
        if (placement.weight() != null) {
            assertThat(routed.match()).as("the match").isEqualTo(order.match());
            assertThat(routed.mirror()).as("the mirror").isEqualTo(order.mirror());
            assertThat(routed.affinity()).as("the session affinity").isEqualTo(order.affinityAt(placement.weight()));
        }
        if (placement.weight() != null) {
            assertThat(new Shares(
                                    routed.weights().getOrDefault(order.active(), BigDecimal.ZERO),
                                    routed.weights().getOrDefault(order.canary(), BigDecimal.ZERO),
                                    routed.unit())
                            .isAt(placement.weight()))
                    .as("at " + placement.weight() + ": " + routed.weights())
                    .isTrue();
        }
        assertThat(Plan.of(mesh, after, placement)).as("planned again").isEmpty();
        return after;
    }

    private static Set<String> changed(ObjectRef ref, RouteObjects before, RouteObjects after) {
        return Leaves.of(before.get(ref).orElse(null))
                .differences(Leaves.of(after.get(ref).orElse(null)));
    }

    /** What isn't written stays as it came in; null once it is deleted. */
    private Document asWritten(ObjectRef ref) {
        if (golden.out().stream().anyMatch(document -> ref.toString().equals(document.text("deleted")))) {
            return null;
        }
        return golden.out().stream()
                .filter(document -> document.text("deleted") == null)
                .filter(document -> golden.ref(document).equals(ref))
                .findFirst()
                .orElseGet(() -> golden.objects().get(ref).orElse(null));
    }

    private static Map<String, Object> only(Leaves leaves, Set<String> places) {
        var some = new TreeMap<>(leaves.values());
        some.keySet().retainAll(places);
        return some;
    }

    /**
     * The objects as the server took them. Of definitions that aren't ours, those of another version of the mesh may refuse
     * a case's object, or prune what it is about: that case says nothing then.
     */
    private RouteObjects created() {
        try {
            create();
        } catch (KubernetesClientException refused) {
            assumeTrue(MeshKindRounds.areOurs(), "refused there: " + refused.getMessage());
            throw refused;
        }
        var taken = read();
        assumeTrue(
                MeshKindRounds.areOurs() || Objects.equals(unfit(taken), unfit(golden.objects())),
                () -> "pruned there: " + unfit(taken));
        return taken;
    }

    private String unfit(RouteObjects objects) {
        return objects.main() == null
                ? null
                : mesh.read(objects, golden.order()).unfit();
    }

    private void create() {
        remove();
        for (var document : golden.in()) {
            var ref = golden.ref(document);
            var made = document.copy();
            made.content().put("apiVersion", ref.kind().apiVersion(version(ref)));
            made.open("metadata").keySet().removeAll(SERVERS);
            api.carryOut(new Write.Create(ref, made), version(ref));
            if (mesh.use(ref.kind()) == Use.SCALE && made.at("status") != null) {
                controller.put(ref, made);
            }
        }
    }

    private void remove() {
        for (var ref : golden.refs()) {
            api.get(ref, version(ref)).ifPresent(left -> {
                // Nobody is there who would end what a finalizer waits for.
                left.open("metadata").remove("finalizers");
                var free = api.carryOut(new Write.Update(ref, left), version(ref));
                api.carryOut(new Write.Delete(ref, free), version(ref));
            });
        }
    }

    private RouteObjects read() {
        var objects = new RouteObjects(golden.refs(), Map.of(), versions);
        for (var ref : golden.refs()) {
            objects = objects.with(ref, api.get(ref, version(ref)).orElse(null));
        }
        return objects;
    }

    private String version(ObjectRef ref) {
        return versions.get(ref.kind().name());
    }
}
