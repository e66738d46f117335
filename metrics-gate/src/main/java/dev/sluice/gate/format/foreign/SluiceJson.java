package dev.sluice.gate.format.foreign;

import dev.sluice.gate.format.MetricEvents;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.Reading;
import jakarta.inject.Singleton;
import org.apache.kafka.common.header.Headers;

/** {@code sluice}: Sluice's own metric events, on a topic that isn't its own. They need no mapping. */
@Singleton
public class SluiceJson implements MetricFormat {
    private final MetricEvents events = new MetricEvents();

    @Override
    public String name() {
        return "sluice";
    }

    @Override
    public ForeignReading read(byte[] value, Headers headers) {
        return switch (events.read(value, headers)) {
            case Reading.Message(var event, var attributes) -> new ForeignReading.Event(event);
            case Reading.Unreadable<MetricEvent>(var reason) -> new ForeignReading.Unreadable(reason);
            case Reading.Newer<MetricEvent>(var reason) -> new ForeignReading.Newer(reason);
            case Reading.Tombstone<MetricEvent> none -> new ForeignReading.Unreadable("no value");
        };
    }
}
