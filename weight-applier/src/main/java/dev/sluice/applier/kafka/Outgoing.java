package dev.sluice.applier.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Messages that no broker has yet, one at a time per key and in order: while one is under way the newest of its key waits
 * for its turn, and takes the place of what waited there before. So what piles up is bounded by the number of keys.
 */
final class Outgoing {
    record Next(String key, ProducerRecord<byte[], byte[]> message) {}

    private final Map<String, ProducerRecord<byte[], byte[]>> waiting = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final Deque<String> turns = new ArrayDeque<>();

    synchronized void put(String key, ProducerRecord<byte[], byte[]> message) {
        if (waiting.put(key, message) == null && !underWay.contains(key)) {
            turns.add(key);
            notifyAll();
        }
    }

    /** Waits for one; it is under way until {@link #done} or {@link #again}. */
    synchronized Next take() throws InterruptedException {
        while (turns.isEmpty()) {
            wait();
        }
        var key = turns.remove();
        underWay.add(key);
        return new Next(key, waiting.remove(key));
    }

    synchronized void done(String key) {
        underWay.remove(key);
        if (waiting.containsKey(key)) {
            turns.add(key);
            notifyAll();
        }
    }

    /** It was not taken: unless a newer one waits, it waits again. */
    synchronized void again(String key, ProducerRecord<byte[], byte[]> message) {
        waiting.putIfAbsent(key, message);
        done(key);
    }
}
