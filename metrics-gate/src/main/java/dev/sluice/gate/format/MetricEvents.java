package dev.sluice.gate.format;

import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.Attributes;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import org.apache.kafka.common.header.Headers;

/**
 * Reads the records of {@code rollout.metrics}. Nearly all are plain, and take no words to be read. A streaming parser takes those
 * that are right and written in another way; what it does not take as it stands goes to the reader that checks against the
 * schema, which also knows the reason.
 */
public final class MetricEvents {
    private final PlainEvent plain = new PlainEvent();
    private final MetricEventParser parser = new MetricEventParser();
    private final MessageReader reader = new MessageReader();

    /** @return valid until the next is read; null where {@link #read} has to be asked */
    public PlainEvent plain(byte[] value, Headers headers) {
        return MetricEventParser.isPlain(headers) && plain.read(value) ? plain : null;
    }

    public Reading<MetricEvent> read(byte[] value, Headers headers) {
        var event = parser.parse(value, headers);
        return event == null
                ? reader.read(MessageType.METRIC_EVENT, value, headers)
                : new Reading.Message<>(event, Attributes.NONE);
    }
}
