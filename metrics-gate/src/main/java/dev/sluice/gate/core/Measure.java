package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Selector;
import java.util.List;

/** Plug-in: one kind of question a query can ask. Pure; found by CDI. */
public interface Measure {
    /** The key in the rollout file. */
    String word();

    /** Whether this query asks it. */
    boolean isAskedBy(Query query);

    /** The series it reads. */
    List<Selector> selectors(Query query);

    Measured measure(Query query, View view);

    /**
     * Of how many events, how many are of the kind that the query asks about.
     *
     * @param part at most {@code whole}, at least 0; fractions are possible
     */
    record Share(double part, double whole) {}

    /** What its number is a share of; null where there is nothing yet, or where its number is no share. */
    default Share share(Query query, View view) {
        return null;
    }

    /** Whether its number is a share of events, so that {@link #share} tells of which. */
    default boolean isShare() {
        return false;
    }

    /**
     * Whether each of these events is or isn't of the kind, by itself, as far as the question tells: only then chances can be worked
     * out by counts alone.
     */
    default boolean isOneByOne(Query query) {
        return false;
    }

    /** What was found, for people: {@code 5xx 2.1 % of 1,240 requests}. */
    String describe(Query query, Measured.Found found);

    /** A value with its unit: {@code 2.1 %}. */
    String withUnit(double value);

    /** The selector whose events are the requests that the weights divide; null where the question is about something else. */
    default Selector requests(Query query) {
        return null;
    }
}
