package dev.sluice.cli.trial;

import dev.sluice.cli.engine.Durations;
import dev.sluice.cli.output.Colours;
import dev.sluice.cli.output.Table;
import dev.sluice.cli.trial.Tried.Analysis;
import dev.sluice.cli.trial.Tried.Runs;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.Verdict.QueryResult;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How releases would go, in words. */
public final class TriedPage {
    private final Colours colours;

    public TriedPage(Colours colours) {
        this.colours = colours;
    }

    public String of(List<Tried> all) {
        return all.stream().map(this::of).collect(Collectors.joining("\n"));
    }

    private String of(Tried tried) {
        return Stream.of(
                        headline(tried) + "\n",
                        "  " + tried.words() + "\n",
                        tried.notes().stream()
                                .map(note -> "  note: " + note + "\n")
                                .collect(Collectors.joining()),
                        tried.analyses().isEmpty() ? "" : "\n" + runs(tried) + "\n" + analyses(tried))
                .collect(Collectors.joining());
    }

    private String headline(Tried tried) {
        var ending = tried.ending().words();
        var coloured = switch (tried.ending()) {
            case PROMOTED -> colours.good(ending);
            case ROLLED_BACK, AFTER_DEPLOYMENT_FAILED -> colours.bad(ending);
            case AWAITS_PERSON, UNDER_WAY -> colours.waiting(ending);
        };
        var detected = tried.detectedAfter() == null
                ? ""
                : ", " + time(tried.detectedAfter()) + " after its canary became what it is";
        return tried.target() + " " + coloured + " after " + time(tried.after()) + detected;
    }

    private record Row(String analysis, Runs runs) {}

    private String runs(Tried tried) {
        var table = new Table("AFTER", "WEIGHT", "ANALYSIS", "RUN", "OUTCOME", "WORDS");
        tried.analyses().stream()
                .flatMap(analysis -> analysis.runs().stream().map(runs -> new Row(analysis.name(), runs)))
                .sorted(Comparator.comparing(row -> row.runs().after()))
                .forEach(row -> table.row(
                        time(row.runs().after()),
                        row.runs().weight() + " %",
                        row.analysis(),
                        row.runs().from() == row.runs().to()
                                ? row.runs().from()
                                : row.runs().from() + " to " + row.runs().to(),
                        outcome(row.runs().outcome()),
                        words(row.runs().queries())));
        return table.toString();
    }

    private String analyses(Tried tried) {
        var table = new Table("ANALYSIS", "BEGAN", "ENDED", "OUTCOME", "WORDS");
        for (var analysis : tried.analyses()) {
            table.row(
                    analysis.name(),
                    time(analysis.began()),
                    time(analysis.ended()),
                    outcome(analysis),
                    analysis.words());
        }
        return table.toString();
    }

    private String outcome(Analysis analysis) {
        return analysis.outcome() == null ? "-" : outcome(analysis.outcome());
    }

    private String outcome(Outcome outcome) {
        var word = outcome.name().charAt(0) + outcome.name().substring(1).toLowerCase(Locale.ROOT);
        return switch (outcome) {
            case PASS -> colours.good(word);
            case FAIL -> colours.bad(word);
            case INCONCLUSIVE, ERROR -> colours.waiting(word);
        };
    }

    private static String time(Duration duration) {
        return duration.isZero() ? "0s" : Durations.words(duration);
    }

    private static String words(List<QueryResult> queries) {
        return queries.stream()
                .map(query -> query.words() == null ? null : query.words() + (query.dryRun() ? " (dry run)" : ""))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
    }
}
