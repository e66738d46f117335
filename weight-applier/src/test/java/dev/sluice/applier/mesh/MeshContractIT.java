package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.applier.kubernetes.DirectObjects;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.RealKubernetes;
import dev.sluice.schemas.Weight;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Every mesh on an API server that knows its kinds: the real one where its binaries are, which checks each object and
 * fills in defaults; else the mock, which only stores them.
 */
@EnabledIf(
        value = "saysSomething",
        disabledReason = "other definitions than ours say nothing on the mock, which checks none")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeshContractIT {
    private static final String CHOICE = System.getProperty("sluice.parts.kubernetes", "auto");
    private static final List<Weight> WEIGHTS =
            Stream.of(0, 1, 50, 99, 100, 0).map(Weight::percent).toList();
    /** Cases whose objects are moved from weight to weight: for every mesh, and for every form of a mesh, one. */
    private static final Set<String> BASES = Set.of(
            "edits-and-keeps-the-rest",
            "moves-a-grpc-route",
            "moves-a-service-profile",
            "moves-subsets",
            "moves-replica-sets",
            "moves-stateful-sets",
            "switches");

    private final Set<String> held = new HashSet<>();
    private KubernetesPart part;
    private KubernetesClient client;
    private DirectObjects api;
    private Coverage coverage;

    static boolean saysSomething() {
        return MeshKindRounds.areOurs() || (!CHOICE.equals("mock") && KubernetesPart.isRealThere());
    }

    @BeforeAll
    void start() {
        part = KubernetesPart.start(KubernetesPart.Choice.of(CHOICE));
        coverage = new Coverage(part instanceof RealKubernetes ? "real" : "mock");
        System.out.println("the meshes' contract runs against: " + part.describe());
        client = part.client();
        api = new DirectObjects(client);
        KubernetesPart.createNamespaces(client, List.of("shop"));
    }

    @AfterAll
    void stop() {
        coverage.write();
        client.close();
        part.close();
    }

    @TestFactory
    @DisplayName(
            "B16 B17 an API server takes every mesh's writes, and gives back what was ordered and all else unchanged")
    Stream<DynamicNode> meshes() {
        var rounds = new MeshKindRounds(client);
        var meshes = EveryMesh.found().stream()
                .<DynamicNode>map(mesh ->
                        dynamicContainer(mesh.name(), rounds.of(mesh).stream().map(round -> held(mesh, round))));
        return MeshKindRounds.areOurs()
                ? Stream.concat(meshes, Stream.of(dynamicTest("no case was left out", this::leavesNoneOut)))
                : meshes;
    }

    private DynamicNode held(Mesh mesh, MeshKindRounds.Round round) {
        // Only once its turn has come: what is served then decides which cases there are.
        return dynamicContainer(round.name(), Stream.of(round).flatMap(now -> {
            now.install().run();
            return GoldenCase.of(mesh).stream()
                    .filter(GoldenCase::writes)
                    .flatMap(golden -> Stream.of(cases(mesh, golden), sweeps(mesh, golden), journeys(mesh, golden))
                            .flatMap(tests -> tests));
        }));
    }

    /** Where the case's own versions are served. */
    private Stream<DynamicNode> cases(Mesh mesh, GoldenCase golden) {
        var versions = golden.versions();
        var isServed = golden.refs().stream()
                .map(ObjectRef::kind)
                .allMatch(kind -> served(kind).contains(versions.get(kind.name())));
        return isServed
                ? Stream.<DynamicNode>of(dynamicTest(golden.name(), () -> {
                    held.add(name(mesh, golden));
                    coverage.count(mesh, new MeshTrial(api, mesh, golden, versions)::asTheCaseSays);
                }))
                : Stream.empty();
    }

    /** In every version that is served and can be written, unless the case is of one. */
    private Stream<DynamicNode> journeys(Mesh mesh, GoldenCase golden) {
        if (!golden.beginsBeside()) {
            return Stream.empty();
        }
        var main = golden.refs().getFirst().kind();
        var kinds = golden.refs().stream().map(ObjectRef::kind).toList();
        return served(main).stream()
                .filter(version -> golden.isOf(version)
                        && kinds.stream().allMatch(kind -> served(kind).contains(version)))
                .map(version -> {
                    var versions = new HashMap<>(golden.versions());
                    golden.refs().forEach(ref -> versions.put(ref.kind().name(), version));
                    var trial = new MeshTrial(api, mesh, golden, versions);
                    return dynamicTest(
                            golden.name() + " in " + version + " there and back",
                            () -> coverage.count(mesh, trial::thereAndBack));
                });
    }

    /** In every version that is served and can be written. */
    private Stream<DynamicNode> sweeps(Mesh mesh, GoldenCase golden) {
        if (!BASES.contains(golden.name())) {
            return Stream.empty();
        }
        var main = golden.refs().getFirst().kind();
        var weights = WEIGHTS.stream().filter(golden::carries).toList();
        return served(main).stream().map(version -> {
            var versions = new HashMap<>(golden.versions());
            golden.refs().forEach(ref -> versions.put(ref.kind().name(), version));
            var trial = new MeshTrial(api, mesh, golden, versions);
            return dynamicTest(
                    golden.name() + " in " + version + " at " + weights,
                    () -> coverage.count(mesh, () -> trial.at(weights)));
        });
    }

    private List<String> served(Kind kind) {
        return kind.versions().stream()
                .filter(version -> {
                    var resources = client.getApiResources(kind.apiVersion(version));
                    return resources != null
                            && resources.getResources().stream()
                                    .anyMatch(resource -> resource.getName().equals(kind.plural()));
                })
                .toList();
    }

    private static String name(Mesh mesh, GoldenCase golden) {
        return mesh.name() + "/" + golden.name();
    }

    private void leavesNoneOut() {
        assertThat(held)
                .containsExactlyInAnyOrderElementsOf(EveryMesh.found().stream()
                        .flatMap(mesh -> GoldenCase.of(mesh).stream()
                                .filter(GoldenCase::writes)
                                .map(golden -> name(mesh, golden)))
                        .toList());
    }
}
