package dev.sluice.dashboard.http;

import dev.sluice.dashboard.core.Feed;
import dev.sluice.dashboard.core.Next;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.Optional;

/**
 * What one reader is told: each event when the one before has been written. So whoever reads slowly is told less, and nothing
 * piles up for them.
 */
final class LiveStream {
    private final Feed feed;
    private final Waiters waiters;
    private final StreamWords words;
    private final StreamReader reader;
    private final Duration heartbeat;
    private long position;
    private boolean caughtUp;
    private long heartbeatNanos;
    private boolean begun;

    LiveStream(Feed feed, Waiters waiters, StreamWords words, StreamReader reader, Duration heartbeat) {
        this.feed = feed;
        this.waiters = waiters;
        this.words = words;
        this.reader = reader;
        this.heartbeat = heartbeat;
        this.position = reader.after();
        this.begun = reader.after() != StreamReader.NOWHERE;
        // the first comes right after the snapshot, for it says how old that is
        this.heartbeatNanos = System.nanoTime() - heartbeat.toNanos();
    }

    Multi<StreamEvent> events() {
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom().deferred(this::next).runSubscriptionOn(Infrastructure.getDefaultExecutor()))
                .indefinitely()
                .select()
                .where(Optional::isPresent)
                .map(Optional::get);
    }

    /** Empty where something may have happened that this reader isn't told. */
    private Uni<Optional<StreamEvent>> next() {
        var untilHeartbeat = heartbeat.minusNanos(System.nanoTime() - heartbeatNanos);
        // a timer takes a millisecond at least
        if (begun && (untilHeartbeat.toMillis() < 1 || caughtUp != words.isCaughtUp())) {
            return Uni.createFrom().item(Optional.of(heartbeat()));
        }
        var next = feed.next(position, reader.mayRead());
        position = next.position();
        begun = true;
        return switch (next) {
            case Next.Snapshot snapshot ->
                reader.freezes().map(freezes -> Optional.of(words.snapshot(snapshot, freezes)));
            case Next.Event event -> Uni.createFrom().item(Optional.of(words.told(event.told())));
            case Next.Nothing nothing ->
                waiters.news(() -> feed.newest() > position, untilHeartbeat).map(news -> Optional.empty());
        };
    }

    private StreamEvent heartbeat() {
        heartbeatNanos = System.nanoTime();
        caughtUp = words.isCaughtUp();
        return words.heartbeat();
    }
}
