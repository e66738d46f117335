package dev.sluice.dashboard.http;

import dev.sluice.dashboard.core.Feed;
import dev.sluice.dashboard.core.Next;
import dev.sluice.dashboard.core.Told;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Queue;

/**
 * What one reader is told: each event when the one before has been written. So whoever reads slowly is told less, and nothing
 * piles up for them.
 */
final class LiveStream {
    /** A larger picture comes in parts: a thousand readers who come at once must not take all memory. */
    private static final int FIRST_CHARS = 512 << 10;

    private final Feed feed;
    private final Waiters waiters;
    private final StreamWords words;
    private final StreamReader reader;
    private final Duration heartbeat;
    private final Queue<Told> rest = new ArrayDeque<>();
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
        if (!rest.isEmpty()) {
            var part = rest.remove();
            return Uni.createFrom().item(Optional.of(words.part(reader.ids(), part, position, rest.size())));
        }
        var next = feed.next(position, reader.mayRead());
        position = next.position();
        begun = true;
        return switch (next) {
            case Next.Snapshot snapshot -> reader.freezes().map(freezes -> Optional.of(begin(snapshot, freezes)));
            case Next.Event event -> Uni.createFrom().item(Optional.of(words.told(reader.ids(), event.told())));
            case Next.Nothing nothing ->
                waiters.news(() -> feed.newest() > position, untilHeartbeat).map(news -> Optional.empty());
        };
    }

    private StreamEvent begin(Next.Snapshot snapshot, String freezes) {
        rest.addAll(snapshot.statuses());
        var first = new ArrayList<Told>();
        for (var room = FIRST_CHARS; room > 0 && !rest.isEmpty(); ) {
            var told = rest.remove();
            room -= told.json().length();
            first.add(told);
        }
        return words.snapshot(reader.ids(), snapshot, first, freezes);
    }

    private StreamEvent heartbeat() {
        heartbeatNanos = System.nanoTime();
        caughtUp = words.isCaughtUp();
        return words.heartbeat();
    }
}
