package dev.sluice.gate.format.foreign;

import dev.sluice.schemas.message.MetricEvent;
import java.util.List;

/** What a format makes of one record. */
public sealed interface ForeignReading {
    /** Measurements that are yet to be mapped. */
    record Samples(List<ForeignSample> samples) implements ForeignReading {
        public Samples {
            samples = List.copyOf(samples);
        }
    }

    /** It names its application and all else itself. */
    record Event(MetricEvent event) implements ForeignReading {}

    /** Of a later version of Sluice, which may know what to do with it: it has to wait for that. */
    record Newer(String reason) implements ForeignReading {}

    /** Of a dead letter. */
    record Unreadable(String reason) implements ForeignReading {}
}
