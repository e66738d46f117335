package dev.sluice.simulation.bus;

import dev.sluice.schemas.Topic;
import dev.sluice.simulation.world.Observation;
import dev.sluice.simulation.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** One partition of a topic. */
public final class Log {
    /** @param message null for a tombstone */
    public record Entry(long offset, String key, Object message, Instant appended) {}

    private final World world;
    private final Topic topic;
    private final int number;
    private final List<Runnable> listeners = new ArrayList<>();
    private List<Entry> entries = new ArrayList<>();
    private long end;

    Log(World world, Topic topic, int number) {
        this.world = world;
        this.topic = topic;
        this.number = number;
    }

    public Topic topic() {
        return topic;
    }

    public int number() {
        return number;
    }

    /** The offset of the next record. */
    public long end() {
        return end;
    }

    public void append(String key, Object message) {
        var entry = new Entry(end++, key, message, world.now());
        entries.add(entry);
        world.see("bus", new Observation.Appended(topic, number, entry.offset(), key, message, entry.appended()));
        List.copyOf(listeners).forEach(Runnable::run);
    }

    public List<Entry> from(long offset, int most) {
        var first = indexOf(offset);
        return List.copyOf(entries.subList(first, Math.min(entries.size(), first + most)));
    }

    /** The first offset whose record was appended at that time or later. */
    public long offsetAt(Instant time) {
        return entries.stream()
                .filter(entry -> !entry.appended().isBefore(time))
                .mapToLong(Entry::offset)
                .findFirst()
                .orElse(end);
    }

    /** Keeps the last record of each key, at its offset. */
    public void compact() {
        var newer = new HashSet<String>();
        var kept = new ArrayList<Entry>();
        for (var entry : entries.reversed()) {
            if (newer.add(entry.key())) {
                kept.add(entry);
            }
        }
        entries = new ArrayList<>(kept.reversed());
    }

    public void onAppend(Runnable listener) {
        listeners.add(listener);
    }

    public void forget(Runnable listener) {
        listeners.remove(listener);
    }

    private int indexOf(long offset) {
        var low = 0;
        var high = entries.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (entries.get(middle).offset() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        return topic.word() + "/" + number;
    }
}
