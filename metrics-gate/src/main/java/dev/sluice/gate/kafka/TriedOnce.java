package dev.sluice.gate.kafka;

import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;

/**
 * A channel's {@code retries} is read twice: by the channel, which sends a record anew that its producer has given up and its sender
 * was told is lost, and by the producer. 0 is right for the first; the second repeats requests while {@code delivery.timeout.ms} lasts.
 */
@ApplicationScoped
class TriedOnce implements ClientCustomizer<Map<String, Object>> {
    @Override
    public Map<String, Object> customize(String channel, Config config, Map<String, Object> client) {
        client.remove(ProducerConfig.RETRIES_CONFIG);
        return client;
    }
}
