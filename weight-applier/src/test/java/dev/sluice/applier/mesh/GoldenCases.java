package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.RoutingObject;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One folder per case: {@code in-order.yaml} (what differs from a plain order; {@code
 * entry} is the rollout file's), {@code in-object.yaml} (left out: the
 * object is made; several documents where the route is several objects), {@code out-object.yaml} (as written, in the
 * order of the writes) and {@code out-sight.yaml} (as the rules see what came in). A file that no check has read fails the
 * case, and what is written is written once: planned again, it changes nothing.
 */
final class GoldenCases {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path ROOT = Path.of("src/test/resources/mesh");

    private final Path folder;
    private final Set<String> unread = new HashSet<>();

    private GoldenCases(Path folder) {
        this.folder = folder;
        try (var files = Files.list(folder)) {
            files.forEach(file -> unread.add(file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> of(String mesh) {
        try (Stream<Path> folders = Files.list(ROOT.resolve(mesh))) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("mesh " + mesh + " has no cases", e);
        }
    }

    static Set<String> meshes() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return new HashSet<>(
                    folders.map(folder -> folder.getFileName().toString()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void check(Mesh mesh, Path folder) {
        new GoldenCases(folder).check(mesh);
    }

    private void check(Mesh mesh) {
        var wanted = read("in-order.yaml");
        var order = order(wanted, mesh);
        var objects = objects(mesh, order, wanted);
        if (unread.contains("out-object.yaml")) {
            var placement = placement(mesh, order, wanted);
            var before = copies(objects);
            var writes = Plan.of(mesh, objects, placement);
            assertThat(writes).as("writes that its rights allow").allMatch(write -> isAllowed(mesh, write));
            assertThat(writes.stream().map(GoldenCases::content).toList()).isEqualTo(readAll("out-object.yaml"));
            assertThat(copies(objects))
                    .as("the documents that came in are not changed")
                    .isEqualTo(before);
            assertThat(Plan.of(mesh, written(objects, writes), placement))
                    .as("planned again")
                    .isEmpty();
        }
        if (unread.contains("out-sight.yaml")) {
            assertThat(sight(Marks.read(mesh, objects, order))).isEqualTo(numbers(read("out-sight.yaml")));
        }
        assertThat(unread).as("files that no check has read").isEmpty();
    }

    private static boolean isAllowed(Mesh mesh, Write write) {
        var use = mesh.use(write.ref().kind());
        return write instanceof Write.Update ? use != Use.READ : use == Use.MAKE;
    }

    private RouteObjects objects(Mesh mesh, WeightOrder order, Map<String, Object> wanted) {
        var refs = mesh.objects(order, RouteIdentity.parse(order.route()).orElseThrow());
        var version = (String) wanted.get("version");
        var objects = new RouteObjects(
                refs,
                Map.of(),
                version == null ? Map.of() : Map.of(refs.getFirst().kind().name(), version));
        if (unread.contains("in-object.yaml")) {
            for (var content : readAll("in-object.yaml")) {
                var document = new Document(content);
                objects = objects.with(ref(refs, document), document);
            }
        }
        return objects;
    }

    private static ObjectRef ref(List<ObjectRef> refs, Document document) {
        return refs.stream()
                .filter(ref -> ref.kind().kind().equals(document.text("kind"))
                        && ref.name().equals(document.text("metadata", "name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such object belongs to the route: " + document));
    }

    private static Map<ObjectRef, Document> copies(RouteObjects objects) {
        return objects.documents().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().copy()));
    }

    private static Map<String, Object> content(Write write) {
        return switch (write) {
            case Write.Create create -> create.document().content();
            case Write.Update update -> update.document().content();
            case Write.Delete delete -> Map.of("deleted", delete.ref().toString());
        };
    }

    private static RouteObjects written(RouteObjects objects, List<Write> writes) {
        var now = objects;
        for (var write : writes) {
            now = now.with(write.ref(), write instanceof Write.Delete ? null : new Document(content(write)).copy());
        }
        return now;
    }

    private static WeightOrder order(Map<String, Object> wanted, Mesh mesh) {
        var weight = wanted.get("weight");
        var ownership = ((String) wanted.getOrDefault("ownership", "own")).toUpperCase(Locale.ROOT);
        var plain = TestOrder.of(0);
        var through = wanted.containsKey("entry")
                ? plain.through(mesh.name(), named(mesh, wanted.get("entry")))
                : plain.between("checkout", "checkout-canary");
        var begun = Boolean.TRUE.equals(wanted.get("begin")) ? through.beginning() : through;
        return begun.weighing(weight == null ? null : weight.toString())
                .between((String) wanted.getOrDefault("active", through.build().active()), (String)
                        wanted.getOrDefault("canary", through.build().canary()))
                .owning(Ownership.valueOf(ownership))
                .build();
    }

    /** As the rollout file's reader takes it. */
    private static MeshEntry.Named named(Mesh mesh, Object entry) {
        return MeshEntries.named(mesh.name())
                .flatMap(entries -> entries.read(YAML.valueToTree(entry)))
                .orElseThrow(() -> new AssertionError("no such entry of " + mesh.name() + ": " + entry));
    }

    private static Placement placement(Mesh mesh, WeightOrder order, Map<String, Object> wanted) {
        var named = wanted.getOrDefault("named", wanted.get("weight")).toString();
        var fence = new Fence(order.generation(), order.sequence(), Weight.of(new BigDecimal(named)), order.active());
        var isOwned = mesh.traits(order).created() && order.ownership() != Ownership.EDIT;
        return new Placement(order, order.weight(), fence, isOwned);
    }

    /** What is worth stating of a sight: empty parts are left out. */
    private static Map<String, Object> sight(RoutingObject object) {
        var sight = new HashMap<String, Object>();
        sight.put("weights", object.weights());
        sight.put("managed", object.managed());
        if (object.paused()) {
            sight.put("paused", true);
        }
        if (!object.lastApplied().isEmpty()) {
            sight.put("lastApplied", object.lastApplied());
        }
        if (!object.editors().isEmpty()) {
            sight.put(
                    "editors",
                    object.editors().stream()
                            .map(editor -> editor.manager() + (editor.applied() ? " applied" : " updated"))
                            .toList());
        }
        if (object.advice() != null) {
            sight.put("advice", object.advice());
        }
        if (object.routed().inForce() != null) {
            sight.put("inForce", object.routed().inForce());
        }
        if (object.unfit() != null) {
            sight.put("unfit", object.unfit().split("[,:]", 2)[0]);
        }
        return numbers(sight);
    }

    /** Numbers by value, whatever their types. */
    private static Map<String, Object> numbers(Map<String, Object> map) {
        var plain = new HashMap<String, Object>();
        map.forEach((name, value) -> plain.put(
                name,
                value instanceof Map<?, ?> weights
                        ? weights.entrySet().stream()
                                .map(entry -> entry.getKey() + "="
                                        + new BigDecimal(entry.getValue().toString())
                                                .stripTrailingZeros()
                                                .toPlainString())
                                .sorted()
                                .toList()
                        : value));
        return plain;
    }

    private Map<String, Object> read(String name) {
        return readAll(name).getFirst();
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
