package dev.sluice.applier.kafka;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.DeadLetters;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/** Sends reports, and orders that nobody can read to the dead letters. */
@ApplicationScoped
public class ReportLog {
    private static final Logger LOG = Logger.getLogger(ReportLog.class);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final MessageWriter writer;
    private final String prefix;
    private final Producer<byte[], byte[]> producer;

    ReportLog(Clients clients, ApplierSettings settings) {
        this.prefix = settings.topics().prefix();
        this.writer = new MessageWriter("sluice/weight-applier", prefix);
        this.producer = clients.reports();
    }

    /** @param id the same for a report that is sent again */
    public void send(WeightReport report, String id, String traceparent) {
        send(writer.write(MessageType.WEIGHT_REPORT, report, id, report.time(), traceparent));
    }

    void bury(ConsumerRecord<byte[], byte[]> order, String reason, Instant now) {
        LOG.warnf(
                "an order is unreadable and goes to the dead letters source=%s/%d/%d reason=%s",
                order.topic(), order.partition(), order.offset(), reason);
        send(DeadLetters.of(Topic.WEIGHTS, prefix, order, reason, now));
    }

    /** Returns once everything sent has been acknowledged. */
    void flush() {
        producer.flush();
    }

    private void send(ProducerRecord<byte[], byte[]> message) {
        var unused = producer.send(message, (metadata, error) -> {
            if (error != null) {
                LOG.errorf(error, "a message was refused by its broker topic=%s", message.topic());
            }
        });
    }

    @PreDestroy
    void stop() {
        producer.close(GOODBYE);
    }
}
