package dev.sluice.notifier.ledger;

import dev.sluice.notifier.core.Delivery;
import dev.sluice.notifier.core.Entry;
import dev.sluice.notifier.core.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/**
 * One partition of the ledger, in the hands of its owner. What is in memory is what the ledger has: each change is written first. Once
 * closed nothing is written any more, for the partition may be another instance's.
 */
public final class Book {
    private final int partition;
    private final Instant beginning;
    private final Ledger ledger;
    private final Map<String, Entry> entries;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition idle = lock.newCondition();
    private int underWay;
    /** Nothing new is begun. */
    private boolean closing;

    private boolean closed;

    Book(int partition, Instant beginning, Map<String, Entry> entries, Ledger ledger) {
        this.partition = partition;
        this.beginning = beginning;
        this.entries = new HashMap<>(entries);
        this.ledger = ledger;
    }

    public Instant beginning() {
        return beginning;
    }

    /** What several changes come to before they are written. */
    public final class Page {
        private final Map<String, Entry> changed = new LinkedHashMap<>();

        /** Null for a key that nothing is known of. */
        public Entry at(String key) {
            return changed.containsKey(key) ? changed.get(key) : entries.get(key);
        }

        /** @param entry null forgets it */
        public void put(String key, Entry entry) {
            changed.put(key, entry);
        }
    }

    /** Changes entries, all or none. */
    public interface Change<T> {
        T on(Page page);
    }

    /**
     * Empty where the book is closed: whoever has the partition now does it.
     *
     * @throws KafkaException where the change could not be written; nothing has changed in memory then
     */
    public <T> Optional<T> change(Change<T> change) {
        lock.lock();
        try {
            if (closing) {
                return Optional.empty();
            }
            var page = new Page();
            var result = change.on(page);
            write(page.changed);
            return Optional.of(result);
        } finally {
            lock.unlock();
        }
    }

    private void write(Map<String, Entry> changed) {
        if (!changed.isEmpty()) {
            ledger.write(partition, changed);
            entries.putAll(changed);
            entries.values().removeIf(Objects::isNull);
        }
    }

    /** All messages that some channel waits for. */
    public Stream<Message> open() {
        lock.lock();
        try {
            return entries.values().stream().flatMap(entry -> entry.open().stream()).toList().stream();
        } finally {
            lock.unlock();
        }
    }

    /** The message as it is to be sent; empty where the book is closed, or the delivery is over. Each begun has to be ended. */
    public Optional<Message> begin(String key, String message, String channel) {
        lock.lock();
        try {
            if (closing || !entries.containsKey(key)) {
                return Optional.empty();
            }
            var found = entries.get(key).waiting(message, channel);
            underWay += found.isPresent() ? 1 : 0;
            return found;
        } finally {
            lock.unlock();
        }
    }

    /**
     * False where the book was closed before: whoever has the partition now sends the message again.
     *
     * @throws KafkaException where it could not be written
     */
    public boolean record(String key, String message, String channel, Delivery delivery) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            write(Map.of(key, entries.get(key).with(message, channel, delivery)));
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void end() {
        lock.lock();
        try {
            underWay--;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what is being sent, so that its outcome is written before somebody else reads. */
    void close(Duration within) {
        lock.lock();
        try {
            closing = true;
            var left = within.toNanos();
            while (underWay > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            lock.unlock();
        }
    }
}
