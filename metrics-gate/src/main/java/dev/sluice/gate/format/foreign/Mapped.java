package dev.sluice.gate.format.foreign;

import dev.sluice.schemas.message.MetricEvent;

/** What a mapping makes of one sample. */
public sealed interface Mapped {
    /** @param counter tells a total's counter from others of the same series and process; null where it is no total */
    record Event(MetricEvent event, String counter) implements Mapped {}

    record Dropped(Drop why) implements Mapped {}
}
