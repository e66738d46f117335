package dev.sluice.applier.mesh;

import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.SessionAffinity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The cookie by which the canary's clients are told from others. Its value is of one generation: who has it from a rollout
 * that was taken back is a client like any other to the next one. All routes of a target have the same, so that a client of
 * one's canary is sent to the others'.
 */
record StickyCookie(String name, String value, Duration maxAge) {
    /** The header of an answer that hands it out. */
    static final String HEADER = "Set-Cookie";

    /** An expression for the values of all of them. */
    static final String VALUE = "sluice-[0-9a-f]{10}";

    private static final Pattern OURS = Pattern.compile("[^=;]+=" + VALUE + "(;.*)?");

    static StickyCookie of(WeightOrder order, SessionAffinity affinity) {
        var rollout = order.application() + "/" + order.target() + "/" + order.generation();
        return new StickyCookie(affinity.cookie(), "sluice-" + OwnMemory.print(rollout), affinity.maxAge());
    }

    /** Whether a header's value hands out such a cookie, of whichever rollout. */
    static boolean isOurs(Object header) {
        return header instanceof String text && OURS.matcher(text).matches();
    }

    /** As the header's value. */
    String header() {
        return name + "=" + value + "; Max-Age=" + maxAge.toSeconds() + "; Path=/; HttpOnly";
    }

    /** The requests of clients that have it. */
    Match match() {
        return new Match(null, List.of(new Condition(name, value, null, null)), null, null, null, Map.of());
    }
}
