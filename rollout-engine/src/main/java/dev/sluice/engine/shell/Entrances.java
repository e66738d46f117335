package dev.sluice.engine.shell;

import dev.sluice.access.AccessConfig;
import dev.sluice.access.AccessConfig.Mode;
import dev.sluice.access.ApplicationPattern;
import dev.sluice.access.Role;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.Entrance;
import dev.sluice.engine.kafka.Seal;
import dev.sluice.engine.postgres.SealingKey;
import dev.sluice.engine.postgres.StorageUnavailable;
import dev.sluice.schemas.message.Command;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * By which entrance a command came, and so what is believed of it: what the engine's own HTTP has sealed is of whom it says, anything else
 * as far as its topic is trusted.
 */
@ApplicationScoped
class Entrances {
    private static final Logger LOG = Logger.getLogger(Entrances.class);
    private static final String HTTP = "http";
    private static final Trusted WRITERS =
            new Trusted(false, List.of(Role.ADMIN), List.of(new ApplicationPattern("*")));

    private final boolean isOff;
    private final Map<String, Trusted> topics;
    private final SealingKey key;

    private record Trusted(boolean roles, List<Role> may, List<ApplicationPattern> applications) {
        Optional<String> refusal(Command command, String topic) {
            return applications.stream().anyMatch(pattern -> pattern.fits(command.application()))
                    ? Role.refusal(command, may, "whoever writes to " + topic)
                    : Optional.of("commands on " + topic + " are for the applications "
                            + applications.stream()
                                    .map(ApplicationPattern::text)
                                    .toList() + " alone");
        }
    }

    Entrances(AccessConfig access, EngineConfig config, SealingKey key) {
        this.isOff = access.mode() == Mode.OFF;
        this.topics = config.commands().topics().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, topic -> trusted(topic.getKey(), topic.getValue())));
        this.key = key;
    }

    private static Trusted trusted(String topic, EngineConfig.Trust trust) {
        try {
            var applications =
                    trust.applications().stream().map(ApplicationPattern::new).toList();
            return new Trusted(trust.trustedRoles(), trust.roles(), applications);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "sluice.commands.topics.\"" + topic + "\".applications: " + e.getMessage(), e);
        }
    }

    /** What is wrong with the topics' settings ends the start; and no command waits for the key that is known by then. */
    void onStart(@Observes StartupEvent event) {
        try {
            key.now();
        } catch (StorageUnavailable e) {
            LOG.debugf(e, "The key is asked for with the first command");
        }
    }

    /** @param command what counts of it */
    record Entered(Command command, Entrance entrance) {}

    /** @throws StorageUnavailable where it says that it is sealed, and nobody can look now */
    Entered enter(Command command, ConsumerRecord<byte[], byte[]> record, Instant appendedAt) {
        var sealed = Seal.isClaimed(record) ? Seal.roles(record, appendedAt, key.now()) : Optional.<String>empty();
        if (sealed.isPresent()) {
            return new Entered(command, new Entrance(HTTP, true, mayApprove(sealed.get()), null));
        }
        if (isOff) {
            return new Entered(command, new Entrance(record.topic(), true, true, null));
        }
        if (Seal.isClaimed(record)) {
            LOG.warnf(
                    "The seal of a command is not one of this engine's, or a copy's, application=%s, record=%s/%d/%d",
                    command.application(), record.topic(), record.partition(), record.offset());
        }
        var topic = topics.getOrDefault(record.topic(), WRITERS);
        var refusal = topic.refusal(command, record.topic()).orElse(null);
        var entrance = new Entrance(record.topic(), topic.roles(), Role.mayApprove(topic.may()), refusal);
        return new Entered(topic.roles() ? command : command.by(command.actor(), List.of()), entrance);
    }

    private static boolean mayApprove(String roles) {
        return Role.mayApprove(Arrays.stream(roles.split(","))
                .map(Role::of)
                .flatMap(Optional::stream)
                .toList());
    }
}
