package dev.sluice.gate.source;

import java.time.Duration;

/** One configured system. */
public interface MetricProvider {
    /**
     * Asks once, on a thread that may wait.
     *
     * @param within how long it may take
     */
    Answer ask(Question question, Duration within) throws Unanswered, InterruptedException;
}
