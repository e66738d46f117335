package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Selector;
import java.util.List;

/** Plug-in: a question that says itself when it fails, with no rule beside it. Pure; found by CDI. */
public interface Check {
    /** The key in the rollout file. */
    String word();

    boolean isAskedBy(Query query);

    /** @throws IllegalArgumentException where what the query says can't be understood; the message says why */
    Compiled compile(Query query, LabelPatterns patterns);

    /** One query's, made once. */
    interface Compiled {
        /** The series it reads. */
        List<Selector> selectors();

        default Reach reach() {
            return Reach.NONE;
        }

        Answer answer(Evidence evidence);

        /** Whether these events of the canary hold anything that the query is about; what isn't about events always does. */
        default boolean hasSamples(View canary) {
            return true;
        }
    }
}
