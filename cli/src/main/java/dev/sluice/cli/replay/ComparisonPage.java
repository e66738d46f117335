package dev.sluice.cli.replay;

import dev.sluice.cli.engine.Durations;
import dev.sluice.cli.output.Colours;
import dev.sluice.cli.output.Table;
import dev.sluice.cli.replay.Comparison.Sums;
import dev.sluice.cli.trial.Tried.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** A comparison in words. */
public final class ComparisonPage {
    private final Colours colours;

    public ComparisonPage(Colours colours) {
        this.colours = colours;
    }

    public String of(Comparison comparison) {
        if (comparison.targets().isEmpty()) {
            return "no rollout of " + comparison.application() + " that is over is among those asked for\n";
        }
        var lines = new ArrayList<String>();
        lines.add(sums(comparison.sums()));
        comparison.notes().forEach(note -> lines.add("note: " + note));
        lines.add(comparison.caution());
        return table(comparison) + "\n"
                + lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private String table(Comparison comparison) {
        var table =
                new Table("ROLLOUT", "REVISION", "TARGET", "THEN", "FOUND", "FAILED FIRST", "NOW", "FOUND", "WORDS");
        for (var one : comparison.targets()) {
            var failure = one.then().firstFailure();
            table.row(
                    one.rollout(),
                    one.revision(),
                    one.target(),
                    then(one),
                    time(one.then().after()),
                    failure == null ? null : failure.query() + " " + time(failure.after()),
                    now(one),
                    one.now() != null && (one.now().takesBack() || one.now().waits())
                            ? time(one.now().after())
                            : null,
                    words(one));
        }
        return table.toString();
    }

    private static String then(Replayed one) {
        var assessed = one.assessed() == null ? "" : one.assessed() == Past.Assessed.WRONG ? ", wrongly" : ", rightly";
        return one.then().ending().word() + assessed;
    }

    private String now(Replayed one) {
        if (one.now() == null) {
            return null;
        }
        var word = word(one.now().ending());
        if (one.difference() == null) {
            return word;
        }
        return switch (one.difference()) {
            case NONE -> colours.good(word);
            case FALSE_ALARM -> colours.bad(word + ", false alarm");
            case HELD -> colours.waiting(word);
            case MISSED -> colours.bad(word + ", missed");
        };
    }

    private static String word(Ending ending) {
        return switch (ending) {
            case PROMOTED -> "Promoted";
            case ROLLED_BACK -> "RolledBack";
            case AWAITS_PERSON -> "AwaitsPerson";
            case AFTER_DEPLOYMENT_FAILED -> "AfterDeploymentFailed";
            case UNDER_WAY -> "UnderWay";
        };
    }

    private static String words(Replayed one) {
        if (one.now() == null) {
            return "not counted: " + one.why();
        }
        return one.difference() == null
                ? one.now().words() + "; not counted: " + one.why()
                : one.now().words();
    }

    private static String sums(Sums sums) {
        return "good: " + sums.good() + ", of which " + sums.falseAlarms() + " would be taken back and " + sums.held()
                + " would wait for a person\n"
                + "bad: " + sums.bad() + ", of which " + sums.missed() + " would be missed\n"
                + "time until the bad ones are found, median: then " + unlessNone(sums.medianThen()) + ", now "
                + unlessNone(sums.medianNow()) + "\n"
                + "not counted: " + sums.uncounted();
    }

    private static String unlessNone(Duration duration) {
        return duration == null ? "none" : time(duration);
    }

    private static String time(Duration duration) {
        return duration == null ? null : duration.isZero() ? "0s" : Durations.words(duration);
    }
}
