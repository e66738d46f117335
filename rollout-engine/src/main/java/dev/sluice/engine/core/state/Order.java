package dev.sluice.engine.core.state;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightOrder.Selector;
import java.time.Duration;
import java.time.Instant;

/**
 * The newest thing a target wants of all its routes.
 *
 * @param desired null: write the fence, leave the route as it is
 * @param rests it follows a way back that is over: the routes stay as they are, and are repaired
 * @param selector what the active backend's Service is to select; null: it is not looked at
 * @param deadline a raise without its report by then rolls the target back; a rollback becomes degraded
 * @param repeatAt when it is sent again if reports are missing
 */
public record Order(
        long sequence,
        Desired desired,
        boolean begin,
        End end,
        boolean force,
        boolean rests,
        Selector selector,
        Instant deadline,
        Instant repeatAt) {

    /** An order without any report is sent again after this. */
    public static final Duration FIRST_REPEAT = Duration.ofSeconds(10);

    /** Writes the fence and asks nothing else. An adopting {@code begin} has no weight either, but asks to begin. */
    public boolean isFenceOnly() {
        return desired == null && !begin && end == null;
    }

    /** Null where it leaves the route as it is. */
    public Weight weight() {
        return desired == null ? null : desired.weight();
    }

    /** All traffic to the active backend. */
    public boolean goesBack() {
        return desired != null && desired.isNothing() && !begin;
    }

    public Order repeatedUntil(Instant next) {
        return new Order(sequence, desired, begin, end, force, rests, selector, deadline, next);
    }
}
