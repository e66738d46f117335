package dev.sluice.engine.kafka;

import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;

/**
 * A channel's {@code retries} is read twice: by the channel, which sends a record anew that its producer has given up, and by
 * the producer. 0 is right for the first, since whoever posted the command was told by then; it is for the second to repeat
 * requests within {@code delivery.timeout.ms}, which idempotence asks for.
 */
@ApplicationScoped
class TriedOnce implements ClientCustomizer<Map<String, Object>> {
    @Override
    public Map<String, Object> customize(String channel, Config config, Map<String, Object> client) {
        client.remove(ProducerConfig.RETRIES_CONFIG);
        return client;
    }
}
