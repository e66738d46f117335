package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Shares;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Manifests of other people, with {@code -Dsluice.examples=<folder>}: whatever they hold survives. */
@EnabledIfSystemProperty(
        named = "sluice.examples",
        matches = ".+",
        disabledReason = "no folder of manifests is named: -Dsluice.examples=<folder>")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestsTest {
    private static final String FOLDER = System.getProperty("sluice.examples");
    private static final List<Integer> PERCENTS = List.of(0, 1, 50, 99, 100);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Mesh> meshes =
            EveryMesh.found().stream().collect(Collectors.toMap(Mesh::name, Function.identity()));
    /** By mesh: objects, pairs moved, pairs refused. */
    private final Map<String, int[]> counts = new TreeMap<>();

    /** Two backends of an object that share a list. */
    private record Pair(WeightedLists lists, Document object, String active, String canary) {
        private String name() {
            return WeightedLists.name(object) + " between " + active + " and " + canary;
        }
    }

    @TestFactory
    @DisplayName("B16 B17 in other people's objects only weights and the fence change, whatever the weight")
    Stream<DynamicTest> everythingElseSurvives() {
        var manifests = ExampleManifests.in(Path.of(FOLDER));
        System.out.println(manifests.objects().size() + " objects in " + manifests.files() + " files, "
                + manifests.unread() + " documents passed over that are no plain YAML");
        return manifests.objects().stream()
                .flatMap(found -> pairs(found.document())
                        .map(pair -> dynamicTest(found.file() + ": " + pair.name(), () -> check(pair))));
    }

    @AfterAll
    void tell() {
        counts.forEach((mesh, count) -> System.out.println(
                "%s: %d objects, %d pairs moved, %d refused".formatted(mesh, count[0], count[1], count[2])));
    }

    private Stream<Pair> pairs(Document object) {
        var pairs = new LinkedHashSet<Pair>();
        of(object)
                .forEach(lists -> lists.lists().apply(object).forEach(list -> {
                    var names = list.stream()
                            .map(item -> lists.backend().apply(object, item))
                            .filter(Objects::nonNull)
                            .distinct()
                            .toList();
                    for (var i = 0; i < names.size(); i++) {
                        for (var j = i + 1; j < names.size(); j++) {
                            pairs.add(new Pair(lists, object, names.get(i), names.get(j)));
                        }
                    }
                }));
        if (!pairs.isEmpty()) {
            count(pairs.getFirst(), 0);
        }
        return pairs.stream();
    }

    /** By group and kind; excerpts of documentation leave the group out, and then the kind has to be one mesh's alone. */
    private Stream<WeightedLists> of(Document object) {
        var kinds = WeightedLists.ALL.stream()
                .filter(lists -> lists.kind().equals(object.text("kind")))
                .toList();
        var apiVersion = object.text("apiVersion");
        return apiVersion == null
                ? kinds.stream().filter(lists -> kinds.size() == 1)
                : kinds.stream()
                        .filter(lists -> meshes.get(lists.mesh()).kinds().stream()
                                .anyMatch(kind ->
                                        kind.kind().equals(lists.kind()) && apiVersion.startsWith(kind.group() + "/")));
    }

    private void check(Pair pair) {
        var mesh = meshes.get(pair.lists().mesh());
        var entry = JSON.valueToTree(pair.lists().entry().of(pair.object(), pair.active(), pair.canary()));
        var entries = MeshEntries.named(mesh.name()).orElseThrow();
        var plain = TestOrder.of(0)
                .in(Objects.requireNonNullElse(pair.object().text("metadata", "namespace"), "default"))
                .through(mesh.name(), entries.read(entry).orElseThrow());
        var objects = objects(mesh, plain.build(), pair.object());
        var unfit = mesh.read(objects, plain.build()).unfit();
        if (unfit != null) {
            count(pair, 2);
            System.out.println("refused, " + pair.name() + ": " + unfit);
            return;
        }
        for (var percent : PERCENTS) {
            if (Weight.percent(percent).hundredths() % entries.resolution(entry).hundredths() == 0) {
                objects = moved(mesh, plain.weighing("" + percent).build(), objects);
            }
        }
        count(pair, 1);
    }

    private static RouteObjects objects(Mesh mesh, WeightOrder order, Document object) {
        var refs = mesh.objects(order, RouteIdentity.parse(order.route()).orElseThrow());
        var objects = new RouteObjects(refs, Map.of(refs.getFirst(), object), Map.of());
        // A rule with the subsets that the entry names, since most examples come without theirs.
        for (var ref : refs.subList(1, refs.size())) {
            var rule = objects.made(ref);
            rule.open("spec").put("host", mesh.entry(order).text("serviceName"));
            rule.open("spec")
                    .put(
                            "subsets",
                            List.of(
                                    new LinkedHashMap<>(Map.of("name", order.active())),
                                    new LinkedHashMap<>(Map.of("name", order.canary()))));
            objects = objects.with(ref, rule);
        }
        return objects;
    }

    private static RouteObjects moved(Mesh mesh, WeightOrder order, RouteObjects before) {
        var fence = new Fence(order.generation(), order.sequence(), order.weight(), order.active());
        var placement = new Placement(order, order.weight(), fence, false);
        var after = GoldenCheck.written(before, Plan.of(mesh, before, placement));
        var routed = mesh.read(after, order);
        var shares = new Shares(
                routed.weights().getOrDefault(order.active(), BigDecimal.ZERO),
                routed.weights().getOrDefault(order.canary(), BigDecimal.ZERO),
                routed.unit());
        assertThat(routed.unfit()).isNull();
        assertThat(shares.isAt(order.weight()))
                .as("at " + order.weight() + ": " + routed)
                .isTrue();
        assertThat(Leaves.of(before.main()).differences(Leaves.of(after.main())))
                .allMatch(place -> place.endsWith("/weight") || place.startsWith("/metadata/annotations/sluice.dev/"));
        assertThat(Plan.of(mesh, after, placement)).as("planned again").isEmpty();
        return after;
    }

    private void count(Pair pair, int what) {
        counts.computeIfAbsent(pair.lists().mesh(), mesh -> new int[3])[what]++;
    }
}
