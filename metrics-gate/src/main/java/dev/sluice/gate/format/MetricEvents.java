package dev.sluice.gate.format;

import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.Attributes;
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
        return event == null
                ? reader.read(MessageType.METRIC_EVENT, value, headers)
                : new Reading.Message<>(event, Attributes.NONE);
    }
}
