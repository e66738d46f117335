package dev.sluice.applier.mesh;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.SessionAffinity;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder: {@code in-order.yaml} (what differs from a plain order; {@code entry} is the rollout file's), {@code
 * in-object.yaml} (left out: the object is made; several documents where the route is several objects), {@code
 * in-rivals.yaml} (what else there is of the mesh's rivals), {@code
 * out-object.yaml} (as written, in the order of the writes; what is deleted by its name) and {@code out-sight.yaml} (as the
 * rules see what came in).
 */
final class GoldenCase {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path ROOT = Path.of("src/test/resources/mesh");

    private final Mesh mesh;
    private final Path folder;
    private final Set<String> unread = new HashSet<>();
    private final Map<String, Object> wanted;

    GoldenCase(Mesh mesh, Path folder) {
        this.mesh = mesh;
        this.folder = folder;
        try (var files = Files.list(folder)) {
            files.forEach(file -> unread.add(file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        wanted = readAll("in-order.yaml").getFirst();
    }

    static List<GoldenCase> of(Mesh mesh) {
        try (Stream<Path> folders = Files.list(ROOT.resolve(mesh.name()))) {
            return folders.sorted().map(folder -> new GoldenCase(mesh, folder)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("mesh " + mesh.name() + " has no cases", e);
        }
    }

    /** Those that have folders. */
    static List<String> meshes() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    boolean writes() {
        return Files.exists(folder.resolve("out-object.yaml"));
    }

    boolean sees() {
        return Files.exists(folder.resolve("out-sight.yaml"));
    }

    /** Files that nobody has asked for. */
    Set<String> unread() {
        return unread;
    }

    List<Document> in() {
        return Files.exists(folder.resolve("in-object.yaml"))
                ? readAll("in-object.yaml").stream().map(Document::new).toList()
                : List.of();
    }

    List<Document> out() {
        return readAll("out-object.yaml").stream().map(Document::new).toList();
    }

    Map<String, Object> sight() {
        return readAll("out-sight.yaml").getFirst();
    }

    /** As they came in. */
    RouteObjects objects() {
        var version = (String) wanted.get("version");
        var refs = refs();
        var main = refs.getFirst().kind().name();
        var versions = new HashMap<String, String>();
        refs.stream()
                .skip(1)
                .forEach(ref -> versions.put(ref.kind().name(), paired(ref.kind(), version == null ? "" : version)));
        if (version != null) {
            versions.put(main, version);
        }
        var objects = new RouteObjects(refs, Map.of(), versions);
        for (var document : in()) {
            objects = objects.with(ref(document), document);
        }
        return Files.exists(folder.resolve("in-rivals.yaml"))
                ? objects.beside(
                        readAll("in-rivals.yaml").stream().map(Document::new).toList())
                : objects;
    }

    /** Of the objects, by {@link Kind#name}. */
    Map<String, String> versions() {
        var versions = new HashMap<>(objects().versions());
        for (var document : in()) {
            var apiVersion = document.text("apiVersion");
            versions.put(ref(document).kind().name(), apiVersion.substring(apiVersion.indexOf('/') + 1));
        }
        return versions;
    }

    /** That of the main object where the kind has it. */
    private static String paired(Kind kind, String version) {
        return kind.versions().contains(version) ? version : kind.versions().getFirst();
    }

    List<ObjectRef> refs() {
        return mesh.objects(order(), RouteIdentity.parse(order().route()).orElseThrow());
    }

    ObjectRef ref(Document document) {
        return refs().stream()
                .filter(ref -> ref.kind().kind().equals(document.text("kind"))
                        && ref.name().equals(document.text("metadata", "name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such object belongs to the route: " + document));
    }

    WeightOrder order() {
        return order(wanted.get("weight"));
    }

    private WeightOrder order(Object weight) {
        var ownership = ((String) wanted.getOrDefault("ownership", "own")).toUpperCase(Locale.ROOT);
        var plain = TestOrder.of(0);
        var through = wanted.containsKey("entry")
                ? plain.through(mesh.name(), named())
                : plain.between("checkout", "checkout-canary");
        var begun = Boolean.TRUE.equals(wanted.get("begin")) ? through.beginning() : through;
        var forced = Boolean.TRUE.equals(wanted.get("force")) ? begun.forced() : begun;
        return forced.weighing(weight == null ? null : weight.toString())
                .between((String) wanted.getOrDefault("active", through.build().active()), (String)
                        wanted.getOrDefault("canary", through.build().canary()))
                .owning(Ownership.valueOf(ownership))
                .matching(Json.mapper().convertValue(wanted.get("match"), Match.class))
                .mirroring(Json.mapper().convertValue(wanted.get("mirror"), Mirror.class))
                .keepingClients(affinity())
                .build();
    }

    private SessionAffinity affinity() {
        return Json.mapper().convertValue(wanted.get("sessionAffinity"), SessionAffinity.class);
    }

    /** As the rollout file's reader takes it. */
    MeshEntry.Named named() {
        return MeshEntries.named(mesh.name())
                .flatMap(entries -> entries.read(YAML.valueToTree(wanted.get("entry"))))
                .orElseThrow(() -> new AssertionError("no such entry of " + mesh.name() + ": " + wanted.get("entry")));
    }

    /** Whether the object can carry this weight, by what the rollout file's reader says. */
    boolean carries(Weight weight) {
        var resolution = MeshEntries.named(mesh.name()).orElseThrow().resolution(YAML.valueToTree(wanted.get("entry")));
        return weight.hundredths() % resolution.hundredths() == 0;
    }

    Placement placement() {
        return placement(order(), wanted.getOrDefault("named", wanted.get("weight")));
    }

    /** Whether the order is the first by which the canary gets anything beside its weight. */
    boolean beginsBeside() {
        var order = order();
        var isNothing = order.match() == null && order.mirror() == null && order.affinityAt(order.weight()) == null;
        if (isNothing || objects().main() == null) {
            return false;
        }
        var routed = mesh.read(objects(), order);
        return routed.match() == null && routed.mirror() == null && routed.affinity() == null;
    }

    /** Whether it is of that version of the main object's kind; most are of any. */
    boolean isOf(String version) {
        return wanted.get("version") == null || version.equals(wanted.get("version"));
    }

    /** Of an order that takes everything back from the canary; the file's affinity is in it as in all others. */
    Placement placementOfTheWayBack() {
        var order = TestOrder.of(0)
                .numbered(order().sequence() + 1)
                .through(mesh.name(), named())
                .between(order().active(), order().canary())
                .owning(order().ownership())
                .keepingClients(affinity())
                .build();
        return placement(order, Weight.ZERO);
    }

    /** Of the same order with another weight. */
    Placement placement(Weight weight) {
        return placement(order(weight), weight);
    }

    private Placement placement(WeightOrder order, Object named) {
        var weight = Weight.of(new BigDecimal(named.toString()));
        var fence = new Fence(order.generation(), order.sequence(), weight, order.active());
        var isOwned = mesh.traits(order).created() && order.ownership() != Ownership.EDIT;
        return new Placement(order, order.weight(), fence, isOwned);
    }

    private List<Map<String, Object>> readAll(String name) {
        unread.remove(name);
        try (var documents = YAML.readerFor(new TypeReference<Map<String, Object>>() {})
                .<Map<String, Object>>readValues(folder.resolve(name).toFile())) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
