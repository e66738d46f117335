package dev.sluice.dashboard.engine;

import java.io.Serial;

/** The engine gave no answer; the message says why, for people. */
public final class EngineAway extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    EngineAway(String message, Throwable cause) {
        super(message, cause);
    }
}
