package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.RoutingObject;
import dev.sluice.applier.core.Traits;
import dev.sluice.schemas.message.WeightOrder;

/**
 * One way to divide traffic: where a kind of object keeps its weights. A plug-in is one class found by CDI, made of
 * pure functions; its cases are the folders under {@code src/test/resources/mesh/<name>}.
 */
public interface Mesh {
    /** The key in a rollout file's {@code trafficManagement} and in an order's {@code mesh}. */
    String name();

    Kind kind();

    Traits traits(WeightOrder order);

    /** What the rules need to know of an object; whatever is wrong with it is {@code unfit}, never an exception. */
    RoutingObject read(Document document, WeightOrder order);

    /** The document with the placement's weights, fence and marks, and everything else as it was. */
    Document write(Document document, Placement placement);

    /**
     * A new object; asked for only where {@link Traits#created}.
     *
     * @param version one of the kind's
     */
    Document create(String version, Placement placement);
}
