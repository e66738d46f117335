package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Running;
import dev.sluice.schemas.message.WeightOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A workload behind a backend, as an order names it, and where it says its revision.
 *
 * @param label of the pod template that has the revision; null where it is taken from elsewhere
 * @param isHash whether the pods' hash is the revision; else, without a label, the first container's image
 */
public record Workload(ObjectRef ref, String label, boolean isHash) {
    /** The pods of a Deployment's versions are these's. */
    public static final Kind REPLICA_SETS = Kind.namespaced("apps", "replicasets", "ReplicaSet", "v1");

    public static final List<Kind> KINDS = List.of(
            Kind.namespaced("apps", "deployments", "Deployment", "v1"),
            Kind.namespaced("apps", "statefulsets", "StatefulSet", "v1"));

    private static final String COUNT = "deployment.kubernetes.io/revision";

    /** By backend, those that the order names. */
    public static Map<String, Workload> of(WeightOrder order) {
        var workloads = new HashMap<String, Workload>();
        if (order.workload() != null) {
            var all = new Document(order.workload());
            named(all, "active", order.namespace()).ifPresent(one -> workloads.put(order.active(), one));
            named(all, "canary", order.namespace()).ifPresent(one -> workloads.put(order.canary(), one));
        }
        return workloads;
    }

    private static Optional<Workload> named(Document all, String role, String namespace) {
        return KINDS.stream()
                .filter(kind -> kind.kind().equals(all.text(role, "kind")) && all.text(role, "name") != null)
                .findFirst()
                .map(kind -> new Workload(
                        new ObjectRef(kind, namespace, all.text(role, "name")),
                        all.text("revisionFrom", "label"),
                        "podTemplateHash".equals(all.text("revisionFrom"))));
    }

    /** Of a later version's engine, maybe. */
    public static Running unknown() {
        return Running.unseen(
                "the canary's workload",
                "is of a kind that this applier can't look at: name one of "
                        + KINDS.stream().map(Kind::kind).toList());
    }

    /** Whether its revision can't be told from itself, but from {@link #REPLICA_SETS} of its. */
    public boolean needsReplicaSets() {
        return isHash && ref.kind().equals(KINDS.getFirst());
    }

    /** Where nothing was found of it. */
    public Running absent() {
        return new Running(name(), null, "isn't there: create it, or correct the name", true);
    }

    public Running unseen(String why) {
        return Running.unseen(name(), "can't be seen: " + why);
    }

    /**
     * What it runs.
     *
     * @param wanted the revision that is asked for: an image is known by its tag, its digest or its whole name
     * @param replicaSets where they are needed
     */
    public Running running(Document document, String wanted, List<Document> replicaSets) {
        return new Running(name(), revision(document, wanted, replicaSets), lacks(document), true);
    }

    private String revision(Document document, String wanted, List<Document> replicaSets) {
        if (label != null) {
            return document.text("spec", "template", "metadata", "labels", label);
        }
        if (!isHash) {
            return image(document, wanted);
        }
        return needsReplicaSets()
                ? replicaSets.stream()
                        .filter(set -> isNewest(set, document))
                        .map(set -> set.text("metadata", "labels", "pod-template-hash"))
                        .findFirst()
                        .orElse(null)
                : document.text("status", "updateRevision");
    }

    private static boolean isNewest(Document set, Document deployment) {
        var count = deployment.text("metadata", "annotations", COUNT);
        var uid = deployment.text("metadata", "uid");
        return count != null
                && count.equals(set.text("metadata", "annotations", COUNT))
                && set.list("metadata", "ownerReferences").stream()
                        .anyMatch(owner -> uid != null && uid.equals(owner.text("uid")));
    }

    /** {@code registry:5000/shop/checkout:1.4.2@sha256:…}: the tag is what people call it by. */
    private static String image(Document document, String wanted) {
        var containers = document.list("spec", "template", "spec", "containers");
        var image = containers.isEmpty() ? null : containers.getFirst().text("image");
        if (image == null) {
            return null;
        }
        var at = image.indexOf('@');
        var tagged = at < 0 ? image : image.substring(0, at);
        var colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
        var digest = at < 0 ? null : image.substring(at + 1);
        var tag = colon < 0 ? null : tagged.substring(colon + 1);
        return Stream.of(Optional.of(image), Optional.ofNullable(digest), Optional.ofNullable(tag))
                .flatMap(Optional::stream)
                .filter(name -> name.equals(wanted))
                .findFirst()
                .orElse(tag != null ? tag : digest != null ? digest : image);
    }

    /** Rolled out: its controller has seen what is wanted, all its pods are of it, and one is ready at least. */
    private static String lacks(Document document) {
        var replicas = Replicated.of(null, document);
        var updated = number(document, "updatedReplicas");
        if (number(document, "observedGeneration") < generation(document)) {
            return "is about to be rolled out";
        }
        return updated < replicas.wanted() || number(document, "replicas") > updated
                ? "is being rolled out"
                : replicas.ready() == 0 ? "has no ready pod" : null;
    }

    private static int number(Document document, String name) {
        return document.at("status", name) instanceof Number number ? number.intValue() : 0;
    }

    private static int generation(Document document) {
        return document.at("metadata", "generation") instanceof Number number ? number.intValue() : 0;
    }

    private String name() {
        return ref.kind().kind() + " " + ref.namespace() + "/" + ref.name();
    }
}
