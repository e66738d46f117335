package dev.sluice.engine.core.state;

import java.util.HashSet;
import java.util.Set;

/**
 * To pass freezes and windows, given by somebody who may.
 *
 * @param always for every raise of the rollout
 * @param once targets whose next raise has it
 */
public record Leave(boolean always, Set<String> once) {
    public static final Leave NONE = new Leave(false, Set.of());

    /** Of what never waits for them, such as a way back that is a rollout of its own. */
    public static final Leave ALWAYS = new Leave(true, Set.of());

    public Leave {
        once = once == null ? Set.of() : Set.copyOf(once);
    }

    public boolean covers(String target) {
        return always || once.contains(target);
    }

    /** @param target null: the whole rollout */
    public Leave given(String target) {
        if (target == null) {
            return ALWAYS;
        }
        var next = new HashSet<>(once);
        next.add(target);
        return new Leave(always, next);
    }

    /** The target's weight goes up. */
    Leave used(String target) {
        if (!once.contains(target)) {
            return this;
        }
        var next = new HashSet<>(once);
        next.remove(target);
        return new Leave(always, next);
    }
}
