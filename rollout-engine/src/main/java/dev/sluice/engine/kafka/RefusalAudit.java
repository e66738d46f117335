package dev.sluice.engine.kafka;

import dev.sluice.access.Refused;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Audit.EventRef;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/**
 * Requests that the HTTP entrance did not let through, on {@code rollout.audit}. They are no decisions about an application's state, so
 * that nothing is stored; where no broker takes them, the log has them all the same.
 */
@ApplicationScoped
class RefusalAudit {
    private static final Logger LOG = Logger.getLogger(RefusalAudit.class);
    /** Whatever else somebody puts into a path is no application. */
    private static final Pattern APPLICATION = Pattern.compile("\\*|(?!/)[a-z0-9./-]{1,253}(?<!/)");

    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> channel;
    private final MessageWriter writer;
    private final Clock clock;

    RefusalAudit(
            @Channel("refusals") MutinyEmitter<ProducerRecord<byte[], byte[]>> channel,
            KafkaSettings settings,
            Clock clock) {
        this.channel = channel;
        this.writer = new MessageWriter("sluice/rollout-engine/http", settings.prefix());
        this.clock = clock;
    }

    void tell(@Observes Refused refused) {
        if (APPLICATION.matcher(refused.application()).matches()) {
            var audit = audit(refused);
            var record = writer.write(MessageType.AUDIT, audit, audit.id(), audit.time());
            // a channel that is full throws at once: whoever was refused is to be told so, and nothing of this
            Uni.createFrom()
                    .deferred(() -> channel.send(record))
                    .subscribe()
                    .with(sent -> {}, failure -> LOG.warnf("A refusal is not in the audit: %s", failure));
        }
    }

    private Audit audit(Refused refused) {
        return new Audit(
                "refused-" + UUID.randomUUID(),
                "Rejected",
                refused.application(),
                null,
                null,
                new EventRef(refused.asked(), refused.id(), null, "http"),
                refused.actor(),
                refused.words(),
                List.of(),
                null,
                null,
                clock.instant());
    }
}
