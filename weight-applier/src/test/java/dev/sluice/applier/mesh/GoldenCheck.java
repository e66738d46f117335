package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.core.RoutingObject;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds a mesh to a case. A file that no check has read fails the case, and what is written is written once: planned
 * again, it changes nothing, unless something is left to do.
 */
final class GoldenCheck {
    private GoldenCheck() {}

    static void check(Mesh mesh, GoldenCase golden) {
        var objects = golden.objects();
        if (golden.writes()) {
            var placement = golden.placement();
            var before = copies(objects);
            var writes = Plan.of(mesh, objects, placement);
            assertThat(writes).as("writes that its rights allow").allMatch(write -> isAllowed(mesh, write));
            assertThat(writes.stream().map(GoldenCheck::content).toList())
                    .isEqualTo(golden.out().stream().map(Document::content).toList());
            assertThat(copies(objects))
                    .as("the documents that came in are not changed")
                    .isEqualTo(before);
            var after = written(objects, writes);
            if (mesh.read(after, placement.order()).pending() == null) {
                assertThat(Plan.of(mesh, after, placement)).as("planned again").isEmpty();
            }
        }
        if (golden.sees()) {
            assertThat(sight(Marks.read(mesh, objects, golden.order()), golden.order()))
                    .isEqualTo(numbers(golden.sight()));
        }
        assertThat(golden.unread()).as("files that no check has read").isEmpty();
    }

    private static boolean isAllowed(Mesh mesh, Write write) {
        var use = mesh.use(write.ref().kind());
        return switch (write) {
            case Write.Update update -> use != Use.READ;
            case Write.Scale scale -> use == Use.SCALE;
            case Write.Create create -> use == Use.MAKE;
            case Write.Delete delete -> use == Use.MAKE;
        };
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
            case Write.Scale scale -> scale.scaled().content();
            case Write.Delete delete -> Map.of("deleted", delete.ref().toString());
        };
    }

    /** As the objects are once that is written. */
    static RouteObjects written(RouteObjects objects, List<Write> writes) {
        var now = objects;
        for (var write : writes) {
            now = now.with(write.ref(), write instanceof Write.Delete ? null : new Document(content(write)).copy());
        }
        return now;
    }

    /** What is worth stating of a sight: empty parts are left out. */
    private static Map<String, Object> sight(RoutingObject object, WeightOrder order) {
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
        if (object.routed().match() != null) {
            sight.put("match", object.routed().match().equals(order.match()) ? "as ordered" : "another");
        }
        if (object.routed().mirror() != null) {
            sight.put("mirror", object.routed().mirror().equals(order.mirror()) ? "as ordered" : "another");
        }
        if (object.routed().affinity() != null) {
            var ordered = order.affinityAt(order.weight());
            sight.put("affinity", object.routed().affinity().equals(ordered) ? "as ordered" : "another");
        }
        var pending = object.routed().pending();
        if (pending != null) {
            sight.put("pending", pending.weight() + " " + (pending.awaits() == null ? "due" : pending.awaits()));
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
}
