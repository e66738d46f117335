package dev.sluice.applier.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Right;
import dev.sluice.applier.mesh.Use;
import dev.sluice.applier.mesh.Workload;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code rights}: what the applier's account has to be allowed for some meshes, and no more, as RBAC objects. The account
 * is {@code weight-applier} of the namespace {@code sluice}. {@code --match} is {@code --mesh} with what matches take in
 * addition where they stand in another object than the weights.
 */
final class Rights {
    static final List<String> FLAGS = List.of("mesh", "match", "kind", "workload", "on-promoted", "make", "namespace");

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String NAME = "sluice-weight-applier";
    private static final String CUSTOM = "custom";

    /** All there are, in the order in which they are written. */
    private static final List<String> VERBS = List.of("get", "list", "watch", "create", "update", "delete");

    private final Map<Resource, Set<String>> verbs = new LinkedHashMap<>();

    private record Resource(String group, String plural) {}

    private record Grant(String group, List<String> verbs) {}

    private Rights() {}

    static String answer(Flags flags) throws Refused {
        var names = Stream.concat(flags.all("mesh").stream(), flags.all("match").stream())
                .distinct()
                .toList();
        var kinds = flags.all("kind");
        if (names.isEmpty()) {
            throw new Refused("--mesh is missing: name the meshes that are used, each with a --mesh of its own");
        }
        if (names.contains(CUSTOM) == kinds.isEmpty()) {
            throw new Refused("custom takes objects of any kind: --mesh custom --kind <plural.group>, such as"
                    + " --kind widgets.example.io, once per kind");
        }
        var meshes = new Meshes();
        var rights = new Rights();
        for (var name : names) {
            var mesh = meshes.named(name)
                    .orElseThrow(() -> new Refused("no mesh is named " + name + ": name one of " + meshes.names()));
            var kindsOfIt = mesh.kinds().stream()
                    .filter(kind -> flags.all("match").contains(name)
                            || !mesh.kindsOfMatches().contains(kind))
                    .toList();
            Right.of(mesh, kindsOfIt).forEach(rights::allow);
        }
        kinds.forEach(kind ->
                rights.allow(Right.of(kind.replaceFirst("^[^.]*\\.?", ""), kind.replaceFirst("\\..*", ""), Use.EDIT)));
        for (var kind : flags.all("workload")) {
            Right.ofWorkloads(workload(kind)).forEach(rights::allow);
        }
        if (switchesSelectors(flags)) {
            Right.ofSelectors().forEach(rights::allow);
        }
        if (makesServices(flags)) {
            rights.allow(Right.of("", "services", Use.MAKE));
        }
        Right.ofBackends().forEach(rights::allow);
        return Manifests.write(rights.documents(flags.one("namespace").orElse(null)));
    }

    /** The other ends of a rollout take nothing more. */
    private static boolean switchesSelectors(Flags flags) throws Refused {
        var ends = flags.all("on-promoted");
        var known = Stream.of(OnPromoted.values())
                .map(end -> Json.mapper().<JsonNode>valueToTree(end).textValue())
                .toList();
        for (var end : ends) {
            if (!known.contains(end)) {
                throw new Refused("--on-promoted " + end + " is no end of a rollout: name one of " + known);
            }
        }
        return ends.contains("selector");
    }

    private static boolean makesServices(Flags flags) throws Refused {
        var made = flags.all("make");
        for (var what : made) {
            if (!what.equals("services")) {
                throw new Refused(
                        "--make " + what + " is nothing that Sluice makes beside a mesh's objects: name services");
            }
        }
        return !made.isEmpty();
    }

    private static Kind workload(String kind) throws Refused {
        return Workload.KINDS.stream()
                .filter(known -> known.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new Refused("no workload is of kind " + kind + ": name one of "
                        + Workload.KINDS.stream().map(Kind::kind).toList()));
    }

    private void allow(Right right) {
        verbs.computeIfAbsent(new Resource(right.group(), right.plural()), resource -> new LinkedHashSet<>())
                .addAll(right.verbs());
    }

    /** @param namespace null: all of them */
    private List<Document> documents(String namespace) {
        var kind = namespace == null ? "ClusterRole" : "Role";
        var role = document(kind, namespace);
        role.content().put("rules", rules());
        var binding = document(kind + "Binding", namespace);
        binding.content().put("roleRef", object("apiGroup", GROUP, "kind", kind, "name", NAME));
        binding.content()
                .put(
                        "subjects",
                        List.of(object("kind", "ServiceAccount", "name", "weight-applier", "namespace", "sluice")));
        return List.of(role, binding);
    }

    private static Document document(String kind, String namespace) {
        var metadata = object("name", NAME);
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        var document = new Document(object("apiVersion", GROUP + "/v1", "kind", kind));
        document.content().put("metadata", metadata);
        return document;
    }

    /** Resources of a group that may be used alike share a rule. */
    private List<Map<String, Object>> rules() {
        var grants = new LinkedHashMap<Grant, List<String>>();
        verbs.forEach((resource, allowed) -> grants.computeIfAbsent(
                        new Grant(
                                resource.group(),
                                VERBS.stream().filter(allowed::contains).toList()),
                        grant -> new ArrayList<>())
                .add(resource.plural()));
        var rules = new ArrayList<Map<String, Object>>();
        grants.forEach((grant, resources) ->
                rules.add(object("apiGroups", List.of(grant.group()), "resources", resources, "verbs", grant.verbs())));
        return rules;
    }

    /** Keys and values in turn. */
    private static Map<String, Object> object(Object... parts) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < parts.length; i += 2) {
            object.put((String) parts[i], parts[i + 1]);
        }
        return object;
    }
}
