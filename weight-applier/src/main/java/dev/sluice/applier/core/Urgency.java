package dev.sluice.applier.core;

import dev.sluice.schemas.message.WeightOrder;

/** Which of the calls that wait for the API server goes first. */
public enum Urgency {
    /** Takes traffic from the canary: waits for nothing else. */
    LOWERS,
    /** Brings a route to what was ordered otherwise: somebody waits for it. */
    RAISES,
    /** Keeps what was reached: looks that repeat, repairs. */
    KEEPS;

    /** @param state of the route when its rules asked for the call */
    public static Urgency of(RouteState state, Decision.Call call) {
        return switch (call) {
            case Decision.Look look -> state.applied() ? KEEPS : goesBack(look.order()) ? LOWERS : RAISES;
            case Decision.Create create -> of(state, create.placement(), create.repair());
            case Decision.Update update -> of(state, update.placement(), update.repair());
            case Decision.Remove remove -> RAISES;
        };
    }

    private static Urgency of(RouteState state, Placement placement, boolean repair) {
        if (state.lowers(placement.weight())) {
            return LOWERS;
        }
        return repair ? KEEPS : goesBack(placement.order()) ? LOWERS : RAISES;
    }

    private static boolean goesBack(WeightOrder order) {
        var weight = order.weight();
        return weight != null && weight.isZero() && (!order.begin() || order.end() != null);
    }
}
