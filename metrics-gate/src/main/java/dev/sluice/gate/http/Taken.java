package dev.sluice.gate.http;

import dev.sluice.access.Caller;
import dev.sluice.gate.format.foreign.Drop;
import dev.sluice.gate.format.foreign.ForeignSample;
import dev.sluice.gate.format.foreign.Mapped;
import dev.sluice.gate.format.foreign.Mapping;
import dev.sluice.gate.kafka.Meters;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What a mapping makes of one request's samples; each is made when its turn has come, for all of them together may be much. */
final class Taken implements Iterable<Mapped.Event> {
    /** Nobody did anything wrong: it is for others, or the sender says himself that there is nothing. */
    private static final Set<Drop> FINE = EnumSet.of(Drop.NOT_SELECTED, Drop.NO_NUMBER);

    private final List<ForeignSample> samples;
    private final Mapping mapping;
    private final Caller caller;
    private final Map<Drop, Long> dropped = new EnumMap<>(Drop.class);
    private long events;

    Taken(List<ForeignSample> samples, Mapping mapping, Caller caller) {
        this.samples = samples;
        this.mapping = mapping;
        this.caller = caller;
    }

    /** To be gone through once; what was dropped is known after that. */
    @Override
    public Iterator<Mapped.Event> iterator() {
        return samples.stream().map(this::event).filter(Objects::nonNull).iterator();
    }

    private Mapped.Event event(ForeignSample sample) {
        return switch (mapping.map(sample)) {
            case Mapped.Event event when !caller.maySend(event.event().application()) -> drop(Drop.NOT_ALLOWED);
            case Mapped.Event event -> {
                events++;
                yield event;
            }
            case Mapped.Dropped(var why) -> drop(why);
        };
    }

    private Mapped.Event drop(Drop why) {
        dropped.merge(why, 1L, Long::sum);
        return null;
    }

    void count(String wayIn, Meters meters) {
        meters.handedOver(wayIn, events);
        dropped.forEach((why, samples) -> meters.dropped(wayIn, why, samples));
    }

    long rejected() {
        return dropped.entrySet().stream()
                .filter(entry -> !FINE.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    String words() {
        return dropped.entrySet().stream()
                .filter(entry -> !FINE.contains(entry.getKey()))
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
    }
}
