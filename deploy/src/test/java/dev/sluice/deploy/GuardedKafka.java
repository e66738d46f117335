package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.parts.KafkaPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    private static final String STORE_PASSWORD = "sandbox";
    private static final Logger AUTHORIZER = Logger.getLogger("kafka.authorizer.logger");

    private final Path folder;
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

    private GuardedKafka(Path folder, KafkaPart part) {
        this.folder = folder;
        this.part = part;
        AUTHORIZER.setLevel(Level.INFO);
        AUTHORIZER.addHandler(listener);
    }

    static GuardedKafka start(Path folder, List<JsonNode> topics, List<JsonNode> users)
            throws ExecutionException, InterruptedException {
        certify(folder);
        var kafka = new GuardedKafka(folder, KafkaPart.start(settings(folder, users)));
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

    private static Map<String, String> settings(Path folder, List<JsonNode> users) {
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
                folder.resolve("broker.p12").toString(),
                "ssl.keystore.password",
                STORE_PASSWORD,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                ca(folder).toString()));
        return settings;
    }

    /** A certificate of its own for this machine, and the same as its authority. */
    private static void certify(Path folder) {
        var store = folder.resolve("broker.p12").toString();
        keytool(List.of(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass",
                STORE_PASSWORD));
        keytool(List.of(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-file",
                ca(folder).toString(),
                "-keystore",
                store,
                "-storepass",
                STORE_PASSWORD));
    }

    private static void keytool(List<String> words) {
        try {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
            command.addAll(words);
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a certificate was made", e);
        }
    }

    private static Path ca(Path folder) {
        return folder.resolve("ca.crt");
    }

    /** Of the broker, in PEM. */
    Path ca() {
        return ca(folder);
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
                ca().toString());
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
