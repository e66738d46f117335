package dev.sluice.applier.core;

import dev.sluice.schemas.message.WeightOrder;

/**
 * Tells a person who took the traffic back from a tool that applied an old file again. The first is an abort and never
 * raised again; the second is drift and repaired.
 */
record TakenBack(Rules rules, WeightOrder order) {

    boolean isTakenBack(RoutingObject object) {
        return asksForTraffic()
                && object.fence() != null
                && object.fence().generation() == order.generation()
                && !object.fence().weight().isZero()
                && object.shares(order).canaryHasNone()
                && !isStillToCome(object)
                && !isReapplied(object);
    }

    private boolean asksForTraffic() {
        return !order.begin() && (order.weight() == null || !order.weight().isZero());
    }

    /** The weight that the fence names was not brought there yet, so nobody took it back. */
    private static boolean isStillToCome(RoutingObject object) {
        var rest = object.routed().pending();
        return rest != null && !rest.weight().isZero();
    }

    private boolean isReapplied(RoutingObject object) {
        return object.editors().stream()
                        .anyMatch(editor ->
                                editor.applied() || rules.gitopsManagers().contains(editor.manager()))
                || (!object.lastApplied().isEmpty() && object.lastApplied().equals(object.weights()));
    }
}
