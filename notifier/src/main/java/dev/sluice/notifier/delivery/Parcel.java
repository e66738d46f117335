package dev.sluice.notifier.delivery;

import dev.sluice.notifier.ledger.Book;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * A message on its way to one channel.
 *
 * @param book that it is kept in, at {@code key}
 * @param attempts made so far by this instance
 * @param dueNanos when the next one is made, by {@link System#nanoTime}
 */
record Parcel(Book book, String key, String message, String channel, int attempts, long dueNanos) implements Delayed {
    Parcel again(long dueNanos) {
        return new Parcel(book, key, message, channel, attempts + 1, dueNanos);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
