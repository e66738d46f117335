package dev.sluice.engine.http;

import dev.sluice.engine.core.state.Rollout;
import dev.sluice.schemas.rollout.window.Opening;
import dev.sluice.schemas.rollout.window.Windows;
import java.time.Instant;

/**
 * What the windows of a rollout's file say now, of whoever started it.
 *
 * @param open whether weights may go up by them
 * @param until when that changes, or is to be asked again; null: never
 * @param reason why not; null where they may
 */
public record WindowView(boolean open, Instant until, String reason) {

    /** Null where the file has no windows. */
    static WindowView of(Rollout rollout, Instant now) {
        if (rollout.terms().windows().isEmpty()) {
            return null;
        }
        return switch (Windows.at(rollout.terms().windows(), now, rollout.invoker())) {
            case Opening.Open open -> new WindowView(true, open.until(), null);
            case Opening.Closed closed -> new WindowView(false, closed.until(), closed.words());
        };
    }
}
