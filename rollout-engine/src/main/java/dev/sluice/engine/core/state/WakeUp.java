package dev.sluice.engine.core.state;

import java.time.Instant;

/**
 * A moment at which a target has something to do by itself; {@code kind} names it for people.
 *
 * @param target the freeze's id where a freeze ends
 */
public record WakeUp(String target, String kind, Instant at) {
    /** What it waits for ends elsewhere: whoever ends it tells all who have such a wake-up. */
    public static final String LOOK = "look";

    public boolean isLook() {
        return kind.equals(LOOK);
    }
}
