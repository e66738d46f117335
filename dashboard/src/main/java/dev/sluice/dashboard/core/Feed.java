package dev.sluice.dashboard.core;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.wire.Keys;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * Everything that this instance knows. Messages come in on several threads, and any number of streams ask what is next for
 * them; none of these keeps anything here, so a slow one costs nothing and holds nobody up. Thread-safe.
 */
public final class Feed {
    private final Bounds bounds;
    private final Runnable news;
    private final Statuses statuses;
    private final Recent recent;
    private final Timelines timelines;
    private final Fleet fleet;
    private long leftOut;

    /** @param news is told after each change, and must neither wait nor ask back */
    public Feed(Bounds bounds, Runnable news) {
        this.bounds = bounds;
        this.news = news;
        this.statuses = new Statuses(bounds.statuses());
        this.recent = new Recent(bounds.recent(), bounds.recentChars());
        this.timelines = new Timelines(bounds);
        this.fleet = new Fleet(bounds);
    }

    public synchronized void take(Status status, String json) {
        var key = Keys.applicationTarget(status.application(), status.target());
        var told = tell(Told.Kind.STATUS, status.application(), key, json);
        statuses.put(told, status.phase().isFinal(), status.updatedAt());
        for (var surplus : statuses.surplus()) {
            leftOut++;
            forget(surplus);
        }
        timelines.write(status.application(), timeline -> {
            timeline.add(status.target(), WeightPoint.of(status));
            return true;
        });
    }

    /** A status was taken back: the target is forgotten. */
    public synchronized void forget(String key) {
        var application = statuses.remove(key);
        if (application != null) {
            tell(Told.Kind.GONE, application, key, null);
        }
    }

    public synchronized void take(Audit audit, String json) {
        if (timelines.write(audit.application(), timeline -> timeline.add(audit, json))) {
            fleet.take(audit);
            tell(Told.Kind.AUDIT, audit.application(), null, json);
        }
    }

    public synchronized void take(Verdict verdict, String json) {
        if (timelines.write(verdict.application(), timeline -> timeline.add(verdict, json))) {
            tell(Told.Kind.VERDICT, verdict.application(), null, json);
        }
    }

    private Told tell(Told.Kind kind, String application, String key, String json) {
        var told = new Told(recent.next(), kind, application, key, json);
        recent.add(told);
        news.run();
        return told;
    }

    /**
     * What comes after a position, of what somebody may read. Of several statuses of a target only the newest is told.
     *
     * @param after what a stream was told last
     */
    public synchronized Next next(long after, Predicate<String> mayRead) {
        if (!recent.reaches(after)) {
            return new Next.Snapshot(recent.next() - 1, readable(mayRead), leftOut);
        }
        var position = after;
        for (var told = recent.after(position); told != null; told = recent.after(position)) {
            position = told.position();
            if (isStillSo(told) && mayRead.test(told.application())) {
                return new Next.Event(told);
            }
        }
        return new Next.Nothing(position);
    }

    /** The position of the last thing that was told. */
    public synchronized long newest() {
        return recent.next() - 1;
    }

    private boolean isStillSo(Told told) {
        return switch (told.kind()) {
            case STATUS -> statuses.isNewest(told);
            case GONE -> !statuses.has(told.key());
            case AUDIT, VERDICT -> true;
        };
    }

    private Collection<Told> readable(Predicate<String> mayRead) {
        return statuses.all().stream()
                .filter(told -> mayRead.test(told.application()))
                .toList();
    }

    public synchronized Timeline.View timeline(String application) {
        return timelines.view(application);
    }

    /** @param readFrom from when on the audit has been read */
    public synchronized Figures figures(Instant readFrom, Instant now, Predicate<String> mayRead) {
        return fleet.figures(readFrom, now, mayRead);
    }

    /** How far back audit and verdicts are remembered, at most. */
    public Instant reachesBackTo(Instant readFrom, Instant now) {
        var oldest = now.minus(bounds.history());
        return readFrom.isAfter(oldest) ? readFrom : oldest;
    }
}
