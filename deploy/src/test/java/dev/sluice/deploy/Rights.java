package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Right;
import dev.sluice.applier.mesh.Use;
import dev.sluice.applier.mesh.Workload;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rights that the services need, as the code knows them. */
final class Rights {
    /** What the triggers' tests run with on a real API server. */
    private static final Path OF_TRIGGERS = Path.of("../triggers/deploy/rights-cluster.yaml");

    private static final Path OF_DEPLOYMENTS = Path.of("../triggers/deploy/rights-deployments.yaml");

    private Rights() {}

    static Collection<Mesh> meshes() {
        return new Meshes().all();
    }

    static List<Mesh> meshesWithMatches() {
        return meshes().stream()
                .filter(mesh -> !mesh.kindsOfMatches().isEmpty())
                .toList();
    }

    /** Without what matches take where they stand in another object than the weights. */
    static List<Right> of(Mesh mesh) {
        return Right.of(mesh, withoutMatches(mesh));
    }

    static List<Right> withMatches(Mesh mesh) {
        return Right.of(mesh, mesh.kinds());
    }

    private static List<Kind> withoutMatches(Mesh mesh) {
        return mesh.kinds().stream()
                .filter(kind -> !mesh.kindsOfMatches().contains(kind))
                .toList();
    }

    static List<Right> ofServices() {
        return List.of(Right.of("", "services", Use.MAKE));
    }

    static List<Right> ofKind(String plural, String group) {
        return List.of(Right.of(group, plural, Use.EDIT));
    }

    static List<Right> ofWorkload(String kind) {
        return Right.ofWorkloads(Workload.KINDS.stream()
                .filter(known -> known.kind().equals(kind))
                .findFirst()
                .orElseThrow());
    }

    static List<Right> ofTriggers() {
        return rules(Yaml.documents(OF_TRIGGERS).getFirst());
    }

    /** What the triggers need beside that where they watch Deployments. */
    static List<Right> ofDeployments() {
        return rules(Yaml.documents(OF_DEPLOYMENTS).getFirst());
    }

    /** Those of a role, one for each resource of its rules. */
    static List<Right> rules(JsonNode role) {
        return Yaml.each(role.get("rules"))
                .flatMap(rule -> Yaml.texts(rule.get("apiGroups")).stream()
                        .flatMap(group -> Yaml.texts(rule.get("resources")).stream()
                                .map(resource -> new Right(group, resource, Yaml.texts(rule.get("verbs"))))))
                .toList();
    }

    /** Every single thing that is allowed, in words, so that what is said twice is the same as said once. */
    static Set<String> each(Stream<Right> rights) {
        var each = new TreeSet<String>();
        rights.forEach(right -> right.verbs().forEach(verb -> each.add(verb + " " + right.resource())));
        return each;
    }
}
