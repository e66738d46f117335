package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import java.util.List;
import java.util.stream.Stream;

/** A mesh's writes as they are carried out: marked, and without those that would change nothing. */
public final class Plan {
    private Plan() {}

    public static List<Write> of(Mesh mesh, RouteObjects objects, Placement placement) {
        // a person's Service, whoever makes the mesh's object
        var fenced = new Placement(placement.order(), placement.weight(), placement.fence(), false);
        return Stream.concat(
                        Selectors.plan(mesh, objects, placement.order()).stream()
                                .flatMap(write -> marked(write, objects, fenced)),
                        mesh.plan(objects, placement).stream().flatMap(write -> marked(write, objects, placement)))
                .toList();
    }

    private static Stream<Write> marked(Write write, RouteObjects objects, Placement placement) {
        return switch (write) {
            case Write.Create create -> {
                Marks.put(create.document(), placement);
                yield Stream.of(create);
            }
            case Write.Update update -> {
                Marks.put(update.document(), placement);
                yield objects.get(update.ref())
                                .filter(update.document()::equals)
                                .isPresent()
                        ? Stream.empty()
                        : Stream.of(update);
            }
            case Write.Scale scale -> Stream.of(scale);
            case Write.Delete delete -> Stream.of(delete);
        };
    }
}
