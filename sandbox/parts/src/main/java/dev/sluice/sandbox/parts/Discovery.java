package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIGroupBuilder;
import io.fabric8.kubernetes.api.model.APIGroupListBuilder;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.APIVersionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.VersionInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a Kubernetes API says about itself: versions, groups and kinds; the built-in ones that the sandbox touches, and
 * those of the installed definitions.
 */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    /** {@code group/version} (or {@code v1}) to its kinds. */
    private final Map<String, List<APIResource>> kinds = new LinkedHashMap<>();

    Discovery(List<CustomResourceDefinition> definitions) {
        kinds.put(
                "v1",
                List.of(
                        kind("Namespace", "namespaces", "ns", false),
                        kind("Service", "services", "svc", true),
                        kind("Endpoints", "endpoints", "ep", true),
                        kind("Pod", "pods", "po", true),
                        kind("ConfigMap", "configmaps", "cm", true),
                        kind("Secret", "secrets", null, true),
                        kind("Event", "events", "ev", true)));
        kinds.put(
                "apps/v1",
                List.of(
                        kind("Deployment", "deployments", "deploy", true),
                        kind("ReplicaSet", "replicasets", "rs", true)));
        kinds.put("discovery.k8s.io/v1", List.of(kind("EndpointSlice", "endpointslices", null, true)));
        kinds.put("coordination.k8s.io/v1", List.of(kind("Lease", "leases", null, true)));
        kinds.put(
                "apiextensions.k8s.io/v1",
                List.of(kind("CustomResourceDefinition", "customresourcedefinitions", "crd", false)));
        definitions.forEach(this::add);
    }

    private void add(CustomResourceDefinition definition) {
        var names = definition.getSpec().getNames();
        var shortName =
                names.getShortNames().isEmpty() ? null : names.getShortNames().getFirst();
        var namespaced = "Namespaced".equals(definition.getSpec().getScope());
        for (var version : definition.getSpec().getVersions()) {
            if (version.getServed()) {
                kinds.merge(
                        definition.getSpec().getGroup() + "/" + version.getName(),
                        List.of(kind(names.getKind(), names.getPlural(), shortName, namespaced)),
                        (left, right) ->
                                Stream.concat(left.stream(), right.stream()).toList());
            }
        }
    }

    private static APIResource kind(String kind, String plural, String shortName, boolean namespaced) {
        return new APIResourceBuilder()
                .withKind(kind)
                .withName(plural)
                .withSingularName(kind.toLowerCase(Locale.ROOT))
                .withShortNames(Stream.ofNullable(shortName).toList())
                .withNamespaced(namespaced)
                .withVerbs(VERBS)
                .build();
    }

    /** Whether this path asks about the API rather than for an object. */
    boolean isQuestion(String path) {
        return path.matches("|/version|/openapi.*|/api|/api/v1|/apis|/apis/[^/]+|/apis/[^/]+/[^/]+");
    }

    /** Whether this object path lies in a served group and version. */
    boolean serves(String path) {
        var parts = path.split("/");
        return parts.length > 3 && (parts[1].equals("api") || kinds.containsKey(parts[2] + "/" + parts[3]));
    }

    Optional<Object> answer(String path) {
        var parts = path.split("/");
        return switch (parts.length > 1 ? parts[1] : "") {
            case "version" ->
                Optional.of(new VersionInfo.Builder()
                        .withMajor("1")
                        .withMinor("34")
                        .withGitVersion("v1.34.1")
                        .withPlatform("mock")
                        .build());
            case "api" ->
                parts.length == 2
                        ? Optional.of(
                                new APIVersionsBuilder().withVersions("v1").build())
                        : resources("v1");
            case "apis" ->
                switch (parts.length) {
                    case 2 ->
                        Optional.of(new APIGroupListBuilder()
                                .withGroups(List.copyOf(groups().values()))
                                .build());
                    case 3 -> Optional.ofNullable(groups().get(parts[2]));
                    default -> resources(parts[2] + "/" + parts[3]);
                };
            default -> Optional.empty();
        };
    }

    private Optional<Object> resources(String groupVersion) {
        return Optional.ofNullable(kinds.get(groupVersion))
                .map(resources -> new APIResourceListBuilder()
                        .withGroupVersion(groupVersion)
                        .withResources(resources)
                        .build());
    }

    private Map<String, APIGroup> groups() {
        var groups = new TreeMap<String, APIGroup>();
        for (var groupVersion : kinds.keySet()) {
            var slash = groupVersion.indexOf('/');
            if (slash > 0) {
                var group = groupVersion.substring(0, slash);
                var version = groupVersion.substring(slash + 1);
                groups.merge(group, group(group, groupVersion, version), Discovery::newestPreferred);
            }
        }
        return groups;
    }

    private static APIGroup group(String name, String groupVersion, String version) {
        return new APIGroupBuilder()
                .withName(name)
                .addNewVersion(groupVersion, version)
                .withNewPreferredVersion(groupVersion, version)
                .build();
    }

    private static APIGroup newestPreferred(APIGroup known, APIGroup added) {
        var newest = added.getPreferredVersion()
                        .getVersion()
                        .compareTo(known.getPreferredVersion().getVersion())
                > 0;
        return new APIGroupBuilder(known)
                .addAllToVersions(added.getVersions())
                .withPreferredVersion(newest ? added.getPreferredVersion() : known.getPreferredVersion())
                .build();
    }

    /** What {@code kubectl create namespace} and {@code create service} send, unlike {@code kubectl apply}. */
    static Status unreadable() {
        return failure(
                415,
                "UnsupportedMediaType",
                "this mock reads JSON, not protobuf: use kubectl apply --validate=false -f");
    }

    static Status unprocessable(RuntimeException reason) {
        return failure(422, "Invalid", String.valueOf(reason.getMessage()));
    }

    static Status notFound(String path) {
        return failure(404, "NotFound", "the server could not find the requested resource: " + path);
    }

    private static Status failure(int code, String reason, String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withReason(reason)
                .withCode(code)
                .withMessage(message)
                .build();
    }
}
