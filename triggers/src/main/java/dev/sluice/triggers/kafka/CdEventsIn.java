package dev.sluice.triggers.kafka;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Brings what other systems say on a topic that they published. Kafka's binding writes {@code ce_type} where HTTP's has {@code ce-type}. */
@ApplicationScoped
class CdEventsIn {
    private final Recipient recipient;
    private final Again again;

    CdEventsIn(Recipient recipient, Again again) {
        this.recipient = recipient;
        this.again = again;
    }

    @Incoming("published")
    @Blocking
    void published(ConsumerRecords<byte[], byte[]> records) {
        for (var record : records) {
            if (record.value() != null) {
                again.until(() -> recipient.later(headers(record), record.value()));
            }
        }
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        var headers = new HashMap<String, String>();
        for (var header : record.headers()) {
            if (header.value() != null) {
                headers.put(
                        header.key().toLowerCase(Locale.ROOT).replaceFirst("^ce_", "ce-"),
                        new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }
}
