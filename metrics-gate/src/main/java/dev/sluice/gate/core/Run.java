package dev.sluice.gate.core;

import dev.sluice.schemas.message.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** One run of an analysis that has no verdict yet. Its instants are milliseconds since the epoch on the grid of panes. */
final class Run {
    enum Phase {
        /** Its time is not over. */
        RUNNING,
        /** Its time is over; a pass awaits the last events. */
        AWAITING,
        /** It was inconclusive at its end and may wait for more samples. */
        EXTENDED
    }

    private final int number;
    private final long start;
    private final long firstEnd;
    private final long own;
    private long end;
    /** The latest end, once it is extended … */
    private long limit;
    /** … and when it is looked at again before. */
    private long again;

    private Phase phase = Phase.RUNNING;
    private RunSums sums;
    private final Map<String, Pulled> answers = new HashMap<>(0);
    private final Map<String, String> put = new HashMap<>(0);
    private BiFunction<RunJudge, Run, Optional<Verdict>> closing;

    /** @param own where its own interval begins; before it, it looks back */
    Run(int number, long start, long own, long end) {
        this.number = number;
        this.start = start;
        this.own = own;
        this.end = end;
        this.firstEnd = end;
        this.limit = end;
    }

    int number() {
        return number;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    Phase phase() {
        return phase;
    }

    /** How long it has waited for more samples. */
    long waited() {
        return end - firstEnd;
    }

    /** The earliest broker time, before grace, at which the clock alone moves it on; {@link Long#MAX_VALUE} for never. */
    long due() {
        return switch (phase) {
            case RUNNING -> end;
            case EXTENDED -> again;
            case AWAITING -> Long.MAX_VALUE;
        };
    }

    /** Null where nobody has asked for them, or there is no room for them. */
    RunSums sums() {
        return sums;
    }

    void summedIn(RunSums those) {
        sums = those;
    }

    /** Null where the query's provider has not answered. */
    Pulled answerOf(String query) {
        return answers.get(query);
    }

    /** @param asked how the question was put; null where it could not be */
    void answered(String query, Pulled answer, String asked) {
        answers.put(query, answer);
        put.put(query, asked);
    }

    /** How the query's provider was asked last; null where it was not. */
    String askedOf(String query) {
        return put.get(query);
    }

    /** All events are in, or never will be: how it ends as soon as the providers have answered. */
    void closesBy(BiFunction<RunJudge, Run, Optional<Verdict>> verdict) {
        closing = verdict;
    }

    /** Null while events are still awaited. */
    BiFunction<RunJudge, Run, Optional<Verdict>> closing() {
        return closing;
    }

    Window window(boolean over) {
        return new Window(start, end, over);
    }

    /** Its own interval alone. */
    Window ownWindow() {
        return new Window(own, end, true);
    }

    Window windowUntil(long millis, boolean over) {
        return new Window(start, Math.min(millis, limit), over);
    }

    void await() {
        end = phase == Phase.EXTENDED ? again : end;
        phase = Phase.AWAITING;
    }

    /** Extended, and has now what it needs: it ends here. */
    void awaitAt(long millis) {
        end = Math.min(millis, limit);
        phase = Phase.RUNNING;
    }

    /**
     * Says false where it has waited so long already.
     *
     * @param millis how long after its first end it may wait for more samples
     * @param askAgain when providers are asked again, should it not have ended by then
     */
    boolean extend(long millis, long askAgain) {
        limit = Math.max(limit, firstEnd + millis);
        if (limit <= end) {
            return false;
        }
        again = Math.min(limit, askAgain);
        phase = Phase.EXTENDED;
        // of a longer window the providers are asked again
        answers.clear();
        closing = null;
        return true;
    }
}
