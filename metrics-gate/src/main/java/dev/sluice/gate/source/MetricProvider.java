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

    /** The question's text as {@link #ask} puts it, without what the provider's own settings add, such as its secrets. */
    String text(Question question) throws Unanswered;
}
