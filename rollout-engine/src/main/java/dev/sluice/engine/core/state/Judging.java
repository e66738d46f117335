package dev.sluice.engine.core.state;

import dev.sluice.schemas.rollout.AnalysisSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A target's analyses.
 *
 * @param steps the current step's analyses that are open, side by side
 * @param background the one beside the steps, open; else null
 * @param measuring goes on asking for the canary's share while a raise waits for that; else null
 * @param attempts how often each analysis, by name, was opened in this rollout
 * @param revision grows whenever the set of open analyses changes
 * @param shares what runs have found of the canary's share of the requests
 * @param toldAt when a verdict last led to a status; null before the first
 * @param moved when weights were ordered and when they came into force, oldest first; empty where no query leaves them to settle
 * @param judgement a person's word that is waited for on what the one beside the steps came to; null for none
 */
public record Judging(
        List<AnalysisRun> steps,
        AnalysisRun background,
        AnalysisRun measuring,
        Map<String, Integer> attempts,
        long revision,
        SharesSeen shares,
        Instant toldAt,
        List<Instant> moved,
        Word.Judgement judgement) {
    public static final Judging NONE =
            new Judging(List.of(), null, null, Map.of(), 0, SharesSeen.NONE, null, List.of(), null);
    /** Runs that pass one like the other are told this often at most. */
    private static final Duration BETWEEN_TELLINGS = Duration.ofSeconds(5);
    /** More steps than a ramp has that somebody looks at; of a longer one the first are forgotten. */
    private static final int MOVES_KEPT = 200;

    public Judging {
        steps = steps == null ? List.of() : List.copyOf(steps);
        shares = shares == null ? SharesSeen.NONE : shares;
        moved = moved == null ? List.of() : List.copyOf(moved);
    }

    public Stream<AnalysisRun> open() {
        var beside = Stream.of(Optional.ofNullable(background), Optional.ofNullable(measuring));
        return Stream.concat(steps.stream(), beside.flatMap(Optional::stream));
    }

    public Optional<AnalysisRun> find(String analysis) {
        return open().filter(run -> run.id().equals(analysis)).findFirst();
    }

    public int nextAttempt(String name) {
        return attempts.getOrDefault(name, 0) + 1;
    }

    public Judging opened(AnalysisRun run) {
        var counted = new HashMap<>(attempts);
        counted.merge(run.name(), 1, Integer::sum);
        var isStep = !run.isBackground() && !run.isMeasuring();
        return new Judging(
                isStep ? Stream.concat(steps.stream(), Stream.of(run)).toList() : steps,
                isStep || run.isMeasuring() ? background : run,
                run.isMeasuring() ? run : measuring,
                Map.copyOf(counted),
                revision + 1,
                shares,
                toldAt,
                moved,
                judgement);
    }

    public Judging closed(String analysis) {
        return new Judging(
                steps.stream().filter(run -> !isOpen(run, analysis)).toList(),
                isOpen(background, analysis) ? null : background,
                isOpen(measuring, analysis) ? null : measuring,
                attempts,
                revision + 1,
                shares,
                toldAt,
                moved,
                judgement);
    }

    public Judging judged(AnalysisRun now) {
        return new Judging(
                steps.stream().map(run -> isOpen(run, now.id()) ? now : run).toList(),
                isOpen(background, now.id()) ? now : background,
                isOpen(measuring, now.id()) ? now : measuring,
                attempts,
                revision,
                shares,
                toldAt,
                moved,
                judgement);
    }

    public boolean isToBeToldAt(Instant at) {
        return toldAt == null || !at.isBefore(toldAt.plus(BETWEEN_TELLINGS));
    }

    public Judging told(Instant at) {
        return new Judging(steps, background, measuring, attempts, revision, shares, at, moved, judgement);
    }

    public Judging with(SharesSeen next) {
        return new Judging(steps, background, measuring, attempts, revision, next, toldAt, moved, judgement);
    }

    /** A weight is on its way, or in force: whoever leaves it to settle has to know. */
    public Judging moved(Instant at) {
        if (!moved.isEmpty() && moved.getLast().equals(at)) {
            return this;
        }
        var all = new ArrayList<>(moved.subList(Math.max(0, moved.size() + 1 - MOVES_KEPT), moved.size()));
        all.add(at);
        var isAwaited = open().findAny().isPresent();
        return new Judging(
                steps,
                background,
                measuring,
                attempts,
                isAwaited ? revision + 1 : revision,
                shares,
                toldAt,
                all,
                judgement);
    }

    /**
     * What is open leaves weights to settle for another time.
     *
     * @param settles whether anything does: then the weight in force is the first that counts, if none did before
     */
    Judging settlingAnew(boolean settles) {
        var isFirst = settles && moved.isEmpty() && shares.inForce() != null;
        var isAwaited = open().findAny().isPresent();
        return new Judging(
                steps,
                background,
                measuring,
                attempts,
                isAwaited ? revision + 1 : revision,
                shares,
                toldAt,
                isFirst ? List.of(shares.inForce()) : moved,
                judgement);
    }

    /** From when on, at the earliest, some query of this analysis looks at the weight that moved last. */
    public Instant settledAt(AnalysisSpec spec, Instant now) {
        var settled = moved.isEmpty() ? now : moved.getLast().plus(spec.shortestSettle());
        return settled.isAfter(now) ? settled : now;
    }

    public Judging asked(Word.Judgement next) {
        return new Judging(steps, background, measuring, attempts, revision, shares, toldAt, moved, next);
    }

    /** No word is waited for any longer. */
    public Judging answered() {
        return asked(null);
    }

    /** The one beside the steps goes on with other limits. */
    public Judging limited(AnalysisSpec spec) {
        var now = background.with(spec);
        return new Judging(steps, now, measuring, attempts, revision, shares, toldAt, moved, judgement);
    }

    private static boolean isOpen(AnalysisRun run, String analysis) {
        return run != null && run.id().equals(analysis);
    }
}
