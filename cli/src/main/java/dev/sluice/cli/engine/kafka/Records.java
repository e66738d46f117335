package dev.sluice.cli.engine.kafka;

import dev.sluice.cli.engine.Read;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What Sluice's own services wrote, which needs no checking; whatever else is there is passed over. */
public final class Records {
    private Records() {}

    /** Empty of a tombstone, and of what is no such message. */
    public static <T> Optional<T> read(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Read.MAPPER.readValue(record.value(), type));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
