package dev.sluice.cli.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.replay.Past.Turned;
import dev.sluice.cli.replay.Replayed.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A file's judgement beside what was judged then.
 *
 * @param notes what is left out of it
 */
public record Comparison(String application, List<Replayed> targets, Sums sums, List<String> notes, String caution) {
    public static final String CAUTION =
            "A replay sees the traffic as it was split then: what would have come after another decision is not known.";

    /**
     * Each target of a rollout counts.
     *
     * @param falseAlarms good ones that would be taken back
     * @param held good ones that would wait for a person
     * @param missed bad ones not found by the time at which they were taken back then
     * @param uncounted of which nobody knows what they were, or whose metrics are gone
     * @param medianThen how long it took to find the bad ones; null where none was found
     * @param medianNow the same by this file
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sums(
            int good,
            int falseAlarms,
            int held,
            int bad,
            int missed,
            int uncounted,
            Duration medianThen,
            Duration medianNow) {}

    public Comparison {
        targets = List.copyOf(targets);
        notes = List.copyOf(notes);
    }

    /** @param rollouts in the order in which they are told */
    public static Comparison of(String application, PastRollouts all, List<String> rollouts, Replay replay)
            throws Stop {
        var targets = new ArrayList<Replayed>();
        for (var rollout : rollouts) {
            for (var past : all.targets(rollout)) {
                targets.add(replay.of(past));
            }
        }
        return new Comparison(application, targets, sums(targets), replay.notes(), CAUTION);
    }

    private static Sums sums(List<Replayed> targets) {
        var counted =
                targets.stream().filter(target -> target.difference() != null).toList();
        var bad =
                counted.stream().filter(target -> target.turned() == Turned.BAD).toList();
        return new Sums(
                counted.size() - bad.size(),
                count(counted, Difference.FALSE_ALARM),
                count(counted, Difference.HELD),
                bad.size(),
                count(counted, Difference.MISSED),
                targets.size() - counted.size(),
                median(bad.stream().map(target -> target.then().after()).toList()),
                median(bad.stream()
                        .filter(target -> target.difference() != Difference.MISSED)
                        .map(target -> target.now().after())
                        .toList()));
    }

    private static int count(List<Replayed> targets, Difference difference) {
        return (int) targets.stream()
                .filter(target -> target.difference() == difference)
                .count();
    }

    /** Of an even number the mean of the two in the middle; null of none. */
    private static Duration median(List<Duration> times) {
        var sorted = times.stream().filter(Objects::nonNull).sorted().toList();
        if (sorted.isEmpty()) {
            return null;
        }
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.get(middle - 1).plus(sorted.get(middle)).dividedBy(2);
    }

    /** Not finding what was bad is worse than stopping what was good; nothing compared shows nothing. */
    public Exit exit() {
        if (sums.good() + sums.bad() == 0 || sums.missed() > 0) {
            return Exit.ERROR;
        }
        return sums.falseAlarms() > 0 ? Exit.ROLLED_BACK : sums.held() > 0 ? Exit.AWAITS_PERSON : Exit.DONE;
    }
}
