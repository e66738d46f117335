package dev.sluice.deploy;

import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Right;
import dev.sluice.applier.mesh.Use;
import dev.sluice.applier.mesh.Workload;
import java.util.List;

/** The chart's file of rights: what it gives for each mesh and for whatever else is chosen. */
final class RightsFile {
    private final StringBuilder text = new StringBuilder();

    private RightsFile() {}

    static String write() {
        var file = new RightsFile();
        file.line(
                0,
                "# What the services' accounts need, made from the meshes; a test holds it against them (RightsTest).");
        file.list("backends", Right.ofBackends());
        file.line(0, "meshes:");
        Rights.meshes().forEach(mesh -> file.list(mesh, Rights.of(mesh)));
        file.line(0, "matches:");
        Rights.meshesWithMatches().forEach(mesh -> file.list(mesh, Rights.withMatches(mesh)));
        file.line(0, "custom: " + Right.of("", "", Use.EDIT).verbs());
        file.line(0, "workloads:");
        Workload.KINDS.forEach(kind -> file.list(2, kind.kind(), Right.ofWorkloads(kind)));
        file.list("selectors", Right.ofSelectors());
        file.list("services", Rights.ofServices());
        file.list("triggers", Rights.ofTriggers());
        file.list("deployments", Rights.ofDeployments());
        return file.text.toString();
    }

    private void list(Mesh mesh, List<Right> rights) {
        list(2, mesh.name(), rights);
    }

    private void list(String name, List<Right> rights) {
        list(0, name, rights);
    }

    private void list(int indent, String name, List<Right> rights) {
        line(indent, name + (rights.isEmpty() ? ": []" : ":"));
        for (var right : rights) {
            var group = right.group().isEmpty() ? "\"\"" : right.group();
            line(
                    indent + 2,
                    "- {apiGroups: [%s], resources: [%s], verbs: %s}".formatted(group, right.plural(), right.verbs()));
        }
    }

    private void line(int indent, String words) {
        text.append(" ".repeat(indent)).append(words).append('\n');
    }
}
