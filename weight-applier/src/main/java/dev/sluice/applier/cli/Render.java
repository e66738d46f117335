package dev.sluice.applier.cli;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Marks;
import dev.sluice.applier.mesh.Mesh;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Meshes.Match;
import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.applier.mesh.Plan;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.applier.mesh.Write;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code render}: a route's objects as the applier writes them at a weight, made from what is given of them. The same
 * checks and the same plan as the service's, without its marks.
 */
final class Render {
    static final List<String> FLAGS = List.of("mesh", "entry", "weight", "active", "namespace", "cluster");

    private Render() {}

    static String answer(Flags flags, Supplier<String> input) throws Refused {
        var mesh = flags.needed("mesh", "name the mesh, as the rollout file does");
        var entry = flags.needed("entry", "give the rollout file's entry, as YAML or JSON");
        var weight = flags.needed("weight", "give the canary's percentage, from 0 to 100");
        var active = flags.one("active").orElse(null);
        var cluster = flags.one("cluster").orElse("local");
        var given = Manifests.read(input.get());
        var namespace = flags.one("namespace").orElseGet(() -> namespace(given));
        return rendered(new Wanted(mesh, entry, weight, active, cluster, namespace).order(), given);
    }

    private static String namespace(List<Document> given) {
        return given.stream()
                .map(document -> document.text("metadata", "namespace"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("default");
    }

    private static String rendered(WeightOrder order, List<Document> given) throws Refused {
        return switch (new Meshes().match(order)) {
            case Match.None none -> throw new Refused(none.reason());
            case Match.Found found -> {
                var objects = objects(found.objects(order), given, order);
                refuseUnfit(found.mesh(), objects, order);
                var documents = planned(found.mesh(), objects, order).stream()
                        .map(Marks::without)
                        .toList();
                yield Manifests.write(documents);
            }
        };
    }

    private static RouteObjects objects(List<ObjectRef> refs, List<Document> given, WeightOrder order) throws Refused {
        var objects = new RouteObjects(refs, Map.of(), Map.of());
        for (var document : given) {
            var ref = refs.stream()
                    .filter(candidate -> isOf(candidate, document, order))
                    .findFirst()
                    .orElseThrow(() -> new Refused("standard input has " + name(document)
                            + ", which is none of the route's objects " + refs + ": leave it out, or mend the entry"));
            if (objects.get(ref).isPresent()) {
                throw new Refused("standard input has " + name(document) + " twice: keep one of them");
            }
            objects = objects.with(ref, document);
        }
        return objects;
    }

    private static boolean isOf(ObjectRef ref, Document document, WeightOrder order) {
        var namespace = Objects.requireNonNullElse(document.text("metadata", "namespace"), order.namespace());
        var kind = ref.kind();
        return kind.kind().equals(document.text("kind"))
                && kind.versions().stream().map(kind::apiVersion).anyMatch(v -> v.equals(document.text("apiVersion")))
                && ref.name().equals(document.text("metadata", "name"))
                && (!kind.isNamespaced() || ref.namespace().equals(namespace));
    }

    private static String name(Document document) {
        return "%s %s (%s%s)"
                .formatted(
                        document.text("kind"),
                        document.text("metadata", "name"),
                        document.text("apiVersion"),
                        document.at("metadata", "namespace") == null
                                ? ""
                                : ", namespace " + document.text("metadata", "namespace"));
    }

    private static void refuseUnfit(Mesh mesh, RouteObjects objects, WeightOrder order) throws Refused {
        var ref = objects.mainRef();
        if (objects.main() == null && !mesh.traits(order).created()) {
            throw new Refused("standard input lacks the " + ref.kind().kind() + ": kubectl -n " + order.namespace()
                    + " get " + ref.kind().name() + " " + ref.name() + " -o yaml prints it");
        }
        var flaw = objects.main() == null ? null : mesh.read(objects, order).unfit();
        if (flaw != null) {
            throw new Refused(flaw);
        }
    }

    /** Of a plan that goes step by step the end is shown. */
    private static List<Document> planned(Mesh mesh, RouteObjects objects, WeightOrder order) {
        var fence = new Fence(order.generation(), order.sequence(), order.weight(), order.active());
        var placement =
                new Placement(order, order.weight(), fence, mesh.traits(order).created());
        var written = new LinkedHashMap<ObjectRef, Document>();
        var now = objects;
        do {
            for (var write : Plan.of(mesh, now, placement)) {
                var document = document(write);
                now = now.with(write.ref(), document.orElse(null));
                document.ifPresentOrElse(made -> written.put(write.ref(), made), () -> written.remove(write.ref()));
            }
        } while (now.main() != null && mesh.read(now, order).pending() != null);
        return List.copyOf(written.values());
    }

    /** What is to be deleted has no document. */
    private static Optional<Document> document(Write write) {
        return switch (write) {
            case Write.Create create -> Optional.of(create.document());
            case Write.Update update -> Optional.of(update.document());
            case Write.Scale scale -> Optional.of(scale.scaled());
            case Write.Delete delete -> Optional.empty();
        };
    }
}
