package dev.sluice.cli.engine;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import java.time.Duration;

/** Between one look and the next. */
public final class Pauses {
    private Pauses() {}

    public static void take(Duration pause) throws Stop {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stop(Exit.ERROR, "Interrupted while waiting; what was asked for goes on without this command");
        }
    }
}
