package dev.sluice.engine.core.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Which runs of an analysis have their verdict. Verdicts may come out of order: a later run can fail at once while an
 * earlier one still waits to be sure that it passed.
 *
 * @param upTo all runs from 1 to this one are judged
 * @param beyond judged runs above it, ascending
 */
public record RunsSeen(int upTo, List<Integer> beyond) {
    public static final RunsSeen NONE = new RunsSeen(0, List.of());
    /** Runs end one after the other; a number further ahead than this comes from no gate of ours. */
    private static final int FARTHEST = 1_000;

    public RunsSeen {
        beyond = List.copyOf(beyond);
    }

    public boolean contains(int run) {
        return run <= upTo || beyond.contains(run);
    }

    /** Whether a run of this number can have ended already, as far as its number tells. */
    public boolean isInReach(int run) {
        return run <= upTo + FARTHEST;
    }

    public int count() {
        return upTo + beyond.size();
    }

    /** How many of the runs from the first unjudged one to this one are unjudged. */
    public int missingUpTo(int run) {
        return Math.max(0, run - upTo)
                - (int) beyond.stream().filter(seen -> seen <= run).count();
    }

    /** All runs from 1 to this one have been told of. */
    public RunsSeen through(int run) {
        if (run <= upTo) {
            return this;
        }
        var rest = new ArrayList<>(beyond.stream().filter(seen -> seen > run).toList());
        var top = run;
        while (!rest.isEmpty() && rest.getFirst() == top + 1) {
            top = rest.removeFirst();
        }
        return new RunsSeen(top, rest);
    }

    public RunsSeen with(int run) {
        if (contains(run)) {
            return this;
        }
        var rest = new ArrayList<>(beyond);
        rest.add(run);
        rest.sort(null);
        var top = upTo;
        while (!rest.isEmpty() && rest.getFirst() == top + 1) {
            top = rest.removeFirst();
        }
        return new RunsSeen(top, rest);
    }
}
