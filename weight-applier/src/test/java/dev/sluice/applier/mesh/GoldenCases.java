package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.RoutingObject;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Ownership;
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
 * One folder per case: {@code in-order.yaml} (what differs from a plain order), {@code in-object.yaml} (left out: the
 * object is made), {@code out-object.yaml} (as written) and {@code out-sight.yaml} (as the rules see the one that came
 * in). A file that no check has read fails the case.
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
        var order = order(wanted);
        var object = unread.contains("in-object.yaml") ? new Document(read("in-object.yaml")) : null;
        if (unread.contains("out-object.yaml")) {
            var placement = placement(order, wanted);
            var before = object == null ? null : object.copy();
            var written = object == null
                    ? mesh.create((String) wanted.get("version"), placement)
                    : mesh.write(object, placement);
            assertThat(written.content()).isEqualTo(read("out-object.yaml"));
            assertThat(object).as("the document that came in is not changed").isEqualTo(before);
        }
        if (unread.contains("out-sight.yaml")) {
            assertThat(sight(mesh.read(object, order))).isEqualTo(numbers(read("out-sight.yaml")));
        }
        assertThat(unread).as("files that no check has read").isEmpty();
    }

    private static WeightOrder order(Map<String, Object> wanted) {
        var weight = wanted.get("weight");
        var ownership = ((String) wanted.getOrDefault("ownership", "own")).toUpperCase(Locale.ROOT);
        return TestOrder.of(0)
                .weighing(weight == null ? null : weight.toString())
                .between((String) wanted.getOrDefault("active", "checkout"), (String)
                        wanted.getOrDefault("canary", "checkout-canary"))
                .owning(Ownership.valueOf(ownership))
                .build();
    }

    private static Placement placement(WeightOrder order, Map<String, Object> wanted) {
        var named = wanted.getOrDefault("named", wanted.get("weight")).toString();
        var fence = new Fence(order.generation(), order.sequence(), Weight.of(new BigDecimal(named)), order.active());
        return new Placement(order, order.weight(), fence, order.ownership() != Ownership.EDIT);
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

    @SuppressWarnings("unchecked")
    private Map<String, Object> read(String name) {
        unread.remove(name);
        try {
            return YAML.readValue(folder.resolve(name).toFile(), Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
