package dev.sluice.dashboard.core;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How releases went, counted from the audit: each target of a rollout is one deployment. */
final class Fleet {
    private static final String UNDO = "undo";
    /** When a rollout started that brings nothing new. */
    private static final Instant UNDONE = Instant.MIN;

    private record Deployment(String application, String rollout, String target) {}

    /**
     * @param startedAt null where the start was before what is remembered
     * @param turnedBackAt null where it never did
     */
    private record End(Deployment deployment, boolean promoted, Instant startedAt, Instant turnedBackAt, Instant at) {}

    private final Map<String, Instant> starts = new LinkedHashMap<>();
    private final Map<Deployment, Instant> turnedBack = new LinkedHashMap<>();
    /** One for each deployment: what was promoted may go back all the same, with others of its rollout. */
    private final Map<Deployment, End> ends = new LinkedHashMap<>();

    /** Rollouts of which somebody's last word is that they ended wrongly, with the phase that they ended in. */
    private final Map<String, String> wrong = new LinkedHashMap<>();

    private final Bounds bounds;
    private Instant forgottenUpTo = Instant.MIN;

    Fleet(Bounds bounds) {
        this.bounds = bounds;
    }

    void take(Audit audit) {
        if (audit.rollout() == null) {
            return;
        }
        var deployment = new Deployment(audit.application(), audit.rollout(), audit.target());
        switch (audit.decision()) {
            case "Started" -> start(deployment, audit);
            case "RollbackBegan" -> remember(turnedBack, deployment, audit.time());
            case "Promoted" -> end(deployment, true, audit.time());
            case "RolledBack", "Failed" -> end(deployment, false, audit.time());
            case "Assessed" -> assess(rollout(deployment), audit);
            default -> {}
        }
    }

    private void start(Deployment deployment, Audit audit) {
        var isUndo = audit.event() != null && UNDO.equals(audit.event().type());
        remember(starts, rollout(deployment), isUndo ? UNDONE : audit.time());
    }

    private void assess(String rollout, Audit audit) {
        wrong.remove(rollout);
        if (audit.after() != null && "wrong".equals(audit.after().get("ending"))) {
            remember(wrong, rollout, String.valueOf(audit.after().get("phase")));
        }
    }

    /** A target that was left promoted where its rollout was wrongly rolled back is none that was missed. */
    private boolean isWrong(End end) {
        var phase = end.promoted() ? Phase.PROMOTED : Phase.ROLLED_BACK;
        return phase.word().equals(wrong.get(rollout(end.deployment())));
    }

    private <K, V> void remember(Map<K, V> where, K what, V how) {
        where.putIfAbsent(what, how);
        if (where.size() > bounds.ends()) {
            var oldest = where.entrySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void end(Deployment deployment, boolean promoted, Instant at) {
        var startedAt = starts.get(rollout(deployment));
        var turnedBackAt = turnedBack.remove(deployment);
        if (UNDONE.equals(startedAt)) {
            return;
        }
        ends.remove(deployment);
        ends.put(deployment, new End(deployment, promoted, startedAt, turnedBackAt, at));
        if (ends.size() > bounds.ends()) {
            var oldest = ends.values().iterator();
            forgottenUpTo = oldest.next().at();
            oldest.remove();
        }
    }

    private static String rollout(Deployment deployment) {
        return deployment.application() + " " + deployment.rollout();
    }

    /** @param readFrom from when on the audit has been read */
    Figures figures(Instant readFrom, Instant now, Predicate<String> mayRead) {
        var from = Stream.of(readFrom, now.minus(bounds.history()), forgottenUpTo)
                .max(Instant::compareTo)
                .orElseThrow();
        var seen = ends.values().stream()
                .filter(end -> !end.at().isBefore(from)
                        && mayRead.test(end.deployment().application()))
                .toList();
        var promoted = seen.stream().filter(End::promoted).toList();
        var wentBack = seen.stream().filter(end -> !end.promoted()).toList();
        var falseAborts = (int) wentBack.stream().filter(this::isWrong).count();
        var missed = (int) promoted.stream().filter(this::isWrong).count();
        return new Figures(
                from,
                now,
                promoted.size(),
                wentBack.size(),
                falseAborts,
                missed,
                perDay(promoted.size(), Duration.between(from, now)),
                seen.isEmpty() ? null : (double) (wentBack.size() - falseAborts + missed) / seen.size(),
                spread(promoted, End::startedAt),
                spread(wentBack, End::turnedBackAt));
    }

    private static Double perDay(int count, Duration window) {
        return window.isPositive() ? count * (double) Duration.ofDays(1).toMillis() / window.toMillis() : null;
    }

    private static Figures.Spread spread(List<End> ends, Function<End, Instant> since) {
        var millis = ends.stream()
                .filter(end -> since.apply(end) != null)
                .mapToLong(end -> Duration.between(since.apply(end), end.at()).toMillis())
                .sorted()
                .toArray();
        return millis.length == 0
                ? null
                : new Figures.Spread(millis.length, at(millis, 0.5), at(millis, 0.9), millis[millis.length - 1]);
    }

    /** The nearest rank. */
    private static long at(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
