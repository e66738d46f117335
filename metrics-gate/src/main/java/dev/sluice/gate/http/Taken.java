package dev.sluice.gate.http;

import dev.sluice.gate.format.foreign.Drop;
import dev.sluice.gate.format.foreign.ForeignSample;
import dev.sluice.gate.format.foreign.Mapped;
import dev.sluice.gate.format.foreign.Mapping;
import dev.sluice.gate.kafka.Meters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a mapping makes of one request's samples. */
record Taken(List<Mapped.Event> events, Map<Drop, Long> dropped) {
    /** Nobody did anything wrong: it is for others, or the sender says himself that there is nothing. */
    private static final Set<Drop> FINE = EnumSet.of(Drop.NOT_SELECTED, Drop.NO_NUMBER);

    static Taken of(List<ForeignSample> samples, Mapping mapping) {
        var events = new ArrayList<Mapped.Event>();
        var dropped = new EnumMap<Drop, Long>(Drop.class);
        for (var sample : samples) {
            switch (mapping.map(sample)) {
                case Mapped.Event event -> events.add(event);
                case Mapped.Dropped(var why) -> dropped.merge(why, 1L, Long::sum);
            }
        }
        return new Taken(events, dropped);
    }

    void count(String wayIn, Meters meters) {
        meters.handedOver(wayIn, events.size());
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
