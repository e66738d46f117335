package dev.sluice.cli.trial;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import java.time.Duration;
import java.util.List;

/**
 * How a target's release would go.
 *
 * @param after when that is known, counted from its beginning
 * @param detectedAfter how long after its canary became what it is; null where nothing was found
 * @param words why
 * @param notes what is taken for granted here, and what isn't
 */
public record Tried(
        String target,
        Ending ending,
        Duration after,
        Duration detectedAfter,
        String words,
        List<Analysis> analyses,
        List<String> notes) {
    public enum Ending {
        @JsonProperty("Promoted")
        PROMOTED("would be promoted"),
        @JsonProperty("RolledBack")
        ROLLED_BACK("would be rolled back"),
        @JsonProperty("AwaitsPerson")
        AWAITS_PERSON("would wait for a person"),
        @JsonProperty("AfterDeploymentFailed")
        AFTER_DEPLOYMENT_FAILED("would be promoted, and its afterDeployment would fail"),
        /** What was recorded ends before the release does. */
        @JsonProperty("UnderWay")
        UNDER_WAY("would still be under way");

        private final String words;

        Ending(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * @param outcome what it came to; null where it was stopped with the release
     * @param words why
     */
    public record Analysis(
            String name, Duration began, Duration ended, Outcome outcome, String words, List<Runs> runs) {
        public Analysis {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Runs one after the other that came to the same, every query of them.
     *
     * @param after when the first of them was judged, counted from the release's beginning
     * @param weight then
     * @param queries of the last of them
     */
    public record Runs(int from, int to, Duration after, Weight weight, Outcome outcome, List<QueryResult> queries) {
        public Runs {
            queries = List.copyOf(queries);
        }

        boolean isLike(Runs next) {
            return outcome == next.outcome && outcomes().equals(next.outcomes());
        }

        Runs with(Runs next) {
            return new Runs(from, next.to, after, weight, outcome, next.queries);
        }

        private List<Outcome> outcomes() {
            return queries.stream().map(QueryResult::outcome).toList();
        }
    }

    public Tried {
        analyses = List.copyOf(analyses);
        notes = List.copyOf(notes);
    }
}
