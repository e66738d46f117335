package dev.sluice.engine.core.state;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;

/**
 * What a route is to carry of the canary; compared and repeated whole.
 *
 * @param match requests that go to the canary whatever the weight; null: none
 * @param mirror copies of requests that the canary gets beside; null: none
 */
public record Desired(Weight weight, Match match, Mirror mirror) {
    /** Everything goes to the active backend. */
    public static final Desired NOTHING = of(Weight.ZERO);

    /** Everything goes to the canary. */
    public static final Desired ALL = of(Weight.FULL);

    public static Desired of(Weight weight) {
        return new Desired(weight, null, null);
    }

    public Desired with(Weight next) {
        return new Desired(next, match, mirror);
    }

    /** @param next null: matches and mirrors end */
    public Desired with(Match next) {
        return new Desired(weight, next, next == null ? null : mirror);
    }

    public Desired with(Mirror next) {
        return new Desired(weight, match, next);
    }

    public boolean isNothing() {
        return equals(NOTHING);
    }

    /** Whether somebody's requests would go to the canary that don't yet; copies are nobody's. */
    public boolean raises(Desired before) {
        return weight.compareTo(before.weight) > 0 || (match != null && !match.equals(before.match));
    }
}
