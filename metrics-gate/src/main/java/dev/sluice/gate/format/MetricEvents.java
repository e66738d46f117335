package dev.sluice.gate.format;

import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.Histogram;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import org.apache.kafka.common.header.Headers;

/**
 * Reads the records of {@code rollout.metrics}. Nearly all are plain and right, and a streaming parser takes those; what
 * it does not take as it stands goes to the reader that checks against the schema, which also knows the reason.
 */
public final class MetricEvents {
    private final MetricEventParser parser = new MetricEventParser();
    private final MessageReader reader = new MessageReader();

    public Reading<MetricEvent> read(byte[] value, Headers headers) {
        var event = parser.parse(value, headers);
        return event != null ? checked(event) : slowly(value, headers);
    }

    private Reading<MetricEvent> slowly(byte[] value, Headers headers) {
        var reading = reader.read(MessageType.METRIC_EVENT, value, headers);
        return reading instanceof Reading.Message<MetricEvent> message ? checked(message.message()) : reading;
    }

    private static Reading<MetricEvent> checked(MetricEvent event) {
        var problem = event.histogram() == null ? null : problem(event.histogram());
        return problem == null
                ? new Reading.Message<>(event, dev.sluice.schemas.wire.Attributes.NONE)
                : new Reading.Unreadable<>("/histogram: " + problem);
    }

    /** What a JSON Schema cannot say. */
    private static String problem(Histogram histogram) {
        var bounds = histogram.bounds();
        if (histogram.counts().size() != bounds.size() + 1) {
            return bounds.size() + " bounds need " + (bounds.size() + 1)
                    + " counts, the last for the overflow; there are "
                    + histogram.counts().size();
        }
        for (int i = 1; i < bounds.size(); i++) {
            if (!(bounds.get(i) > bounds.get(i - 1))) {
                return "bounds must ascend; " + bounds.get(i) + " follows " + bounds.get(i - 1);
            }
        }
        return null;
    }
}
