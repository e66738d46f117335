package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.KafkaPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker with TLS, that lets accounts in by their passwords and do what their Strimzi resources say, and nothing else. Passwords
 * are the names.
 */
final class GuardedKafka implements AutoCloseable {
    private static final String ADMIN = "admin";
    private static final Logger AUTHORIZER = Logger.getLogger("kafka.authorizer.logger");

    private final Certificate certificate;
    private final KafkaPart part;
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            var words = String.valueOf(record.getMessage());
            if (words.contains("Denied")) {
                refusals.add(words);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private GuardedKafka(Certificate certificate, KafkaPart part) {
        this.certificate = certificate;
        this.part = part;
        AUTHORIZER.setLevel(Level.INFO);
        AUTHORIZER.addHandler(listener);
    }

    static GuardedKafka start(Certificate certificate, List<JsonNode> topics, List<JsonNode> users)
            throws ExecutionException, InterruptedException {
        var kafka = new GuardedKafka(certificate, KafkaPart.start(settings(certificate, users)));
        try (var admin = Admin.create(kafka.admin())) {
            admin.createTopics(topics.stream().map(GuardedKafka::topic).toList())
                    .all()
                    .get();
            admin.createAcls(users.stream().flatMap(user -> acls(user).stream()).toList())
                    .all()
                    .get();
        }
        return kafka;
    }

    private static Map<String, String> settings(Certificate certificate, List<JsonNode> users) {
        var accounts = users.stream()
                .map(GuardedKafka::name)
                .map(name -> " user_%s=\"%s\"".formatted(name, name))
                .collect(Collectors.joining());
        var settings = new HashMap<>(Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "PLAINTEXT",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "sasl.enabled.mechanisms", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                        login(ADMIN).replaceFirst(";$", "") + " user_admin=\"" + ADMIN + "\"" + accounts + ";"));
        settings.putAll(Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:" + ADMIN + ";User:ANONYMOUS",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                certificate.store().toString(),
                "ssl.keystore.password",
                Certificate.PASSWORD,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificate.file().toString()));
        return settings;
    }

    String bootstrapServers() {
        return part.bootstrapServers();
    }

    /** What a client says to get in by this name. */
    static String login(String name) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(name, name);
    }

    /** Of a client that may do everything. */
    Map<String, Object> admin() {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(ADMIN),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificate.file().toString());
    }

    /** What was refused to whom, in the broker's words. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    private static String name(JsonNode resource) {
        return resource.at("/metadata/name").asText();
    }

    private static NewTopic topic(JsonNode resource) {
        var settings = new HashMap<String, String>();
        resource.at("/spec/config")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        return new NewTopic(name(resource), resource.at("/spec/partitions").asInt(), (short) 1).configs(settings);
    }

    /** As Strimzi's user operator reads them. */
    private static List<AclBinding> acls(JsonNode user) {
        var bindings = new ArrayList<AclBinding>();
        for (var acl : user.at("/spec/authorization/acls")) {
            var resource = acl.get("resource");
            var pattern = new ResourcePattern(
                    ResourceType.fromString(
                            resource.get("type").asText().replace("transactionalId", "transactional_id")),
                    resource.get("name").asText(),
                    resource.path("patternType").asText().equals("prefix")
                            ? PatternType.PREFIXED
                            : PatternType.LITERAL);
            for (var operation : Yaml.texts(acl.get("operations"))) {
                var word = operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
                bindings.add(new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                "User:" + name(user), "*", AclOperation.fromString(word), AclPermissionType.ALLOW)));
            }
        }
        return bindings;
    }

    @Override
    public void close() {
        AUTHORIZER.removeHandler(listener);
        part.close();
    }
}
