package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.told.Publication;
import dev.sluice.engine.postgres.Changes;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Turns what the core wants said into rows of the outbox, cut to what their topics take. */
@ApplicationScoped
class Outgoing {
    private final MessageWriter writer;
    private final String prefix;

    Outgoing(EngineConfig config) {
        this.prefix = config.topics().prefix();
        this.writer = new MessageWriter("sluice/rollout-engine", prefix);
    }

    /** @param audit as it is kept, uncut */
    record Messages(List<Changes.Message> records, List<Audit> audit) {}

    Messages messages(List<Publication> publications, Instant now, Lineage lineage) {
        var records = new ArrayList<Changes.Message>();
        var audit = new ArrayList<Audit>();
        for (var publication : publications) {
            switch (publication) {
                case Publication.Message message -> {
                    if (message.message() instanceof Audit entry) {
                        audit.add(entry);
                    }
                    records.add(Changes.Message.of(fitting(message, now, lineage)));
                }
                case Publication.Tombstone gone ->
                    records.add(Changes.Message.of(
                            new ProducerRecord<>(gone.topic().name(prefix), utf8(gone.key()), null)));
            }
        }
        return new Messages(records, audit);
    }

    private ProducerRecord<byte[], byte[]> fitting(Publication.Message message, Instant now, Lineage lineage) {
        var type = type(message.topic());
        var value = message.message();
        while (true) {
            var record = write(type, value, message.id(), now, lineage);
            var shorter = record.value().length <= message.topic().maxBytes() ? value : Shortening.of(value);
            if (shorter.equals(value)) {
                // either it fits, or there is nothing left to leave out: then the client refuses it, loudly
                return record;
            }
            value = shorter;
        }
    }

    private <T> ProducerRecord<byte[], byte[]> write(
            MessageType<T> type, Object value, String id, Instant now, Lineage lineage) {
        return writer.write(type, type.type().cast(value), id, now, lineage);
    }

    private static MessageType<?> type(Topic topic) {
        return MessageType.ALL.stream()
                .filter(type -> type.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
