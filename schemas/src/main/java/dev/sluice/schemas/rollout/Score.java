package dev.sluice.schemas.rollout;

import java.util.Map;

/**
 * Judges a run by a score from 0 to 100 in place of its worst query, as Kayenta does.
 *
 * @param pass passes from here on
 * @param marginal Inconclusive from here on, below it failed
 * @param groupWeights together 100; empty: all the same
 */
public record Score(double pass, double marginal, Map<String, Double> groupWeights) {
    public Score {
        groupWeights = groupWeights == null ? Map.of() : Map.copyOf(groupWeights);
    }
}
