package dev.sluice.gate.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gate.config.AlertsConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The envelope of Amazon SNS by HTTPS (docs.aws.amazon.com/sns, "Verifying the signatures of Amazon SNS messages"): looks whether a
 * message is signed by SNS and of a topic that is expected, and confirms subscriptions.
 */
@Singleton
public class Sns {
    /** To whoever does what SNS would have done. */
    static final Said NOT_ITS_OWN = new Said.Refused("only messages of the configured SNS topics are taken");

    private static final Set<String> TYPES =
            Set.of("Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation");
    private static final List<String> SIGNED =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> SIGNED_IN_CONFIRMATIONS =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    sealed interface Opened {
        /** What was published. */
        record Message(String text) implements Opened {}

        record Other(Said said) implements Opened {}
    }

    /** What is asked of SNS itself; the URL is one of its hosts. */
    interface Server {
        /** @throws IOException where it doesn't answer, or with no certificate */
        PublicKey key(URI certificate) throws IOException;

        /** @throws IOException where it doesn't answer, or not with success */
        void visit(URI confirmation) throws IOException;
    }

    private final boolean verifies;
    private final Optional<Set<String>> topics;
    private final Server server;

    @Inject
    Sns(AlertsConfig config, SnsServer server) {
        this(Optional.ofNullable(config.alerts().get("cloudwatch")).map(AlertsConfig.Alerts::sns), server);
    }

    Sns(Optional<AlertsConfig.Sns> config, Server server) {
        this.verifies = config.map(AlertsConfig.Sns::verify).orElse(true);
        this.topics = config.flatMap(AlertsConfig.Sns::topics).map(Set::copyOf);
        this.server = server;
    }

    static boolean isMessage(JsonNode tree) {
        return TYPES.contains(tree.path("Type").asText()) && tree.has("TopicArn");
    }

    /** Whether what is in no envelope counts; with topics named it doesn't, for nobody has signed it. */
    boolean takesOthers() {
        return topics.isEmpty();
    }

    Opened open(JsonNode message) {
        if (topics.isPresent()
                && !topics.get().contains(message.path("TopicArn").asText())) {
            return new Opened.Other(NOT_ITS_OWN);
        }
        try {
            if (verifies && !isSigned(message)) {
                return new Opened.Other(new Said.Refused("the message is not signed by SNS"));
            }
            return switch (message.path("Type").asText()) {
                case "Notification" ->
                    new Opened.Message(message.path("Message").asText());
                case "SubscriptionConfirmation" -> new Opened.Other(confirmed(message));
                default -> new Opened.Other(new Said.Done("the subscription has ended"));
            };
        } catch (IOException e) {
            return new Opened.Other(new Said.Later("SNS cannot be asked: " + e.getMessage()));
        }
    }

    private Said confirmed(JsonNode message) throws IOException {
        var url = SnsHost.url(message.path("SubscribeURL").asText());
        if (url.isEmpty()) {
            return new Said.Refused("`SubscribeURL` is none of SNS");
        }
        server.visit(url.get());
        return new Said.Done("the subscription is confirmed");
    }

    private boolean isSigned(JsonNode message) throws IOException {
        var certificate = SnsHost.url(message.path("SigningCertURL").asText());
        var algorithm = algorithm(message.path("SignatureVersion").asText());
        if (certificate.isEmpty() || algorithm == null) {
            return false;
        }
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initVerify(server.key(certificate.get()));
            signature.update(signed(message).getBytes(StandardCharsets.UTF_8));
            return signature.verify(
                    Base64.getDecoder().decode(message.path("Signature").asText()));
        } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
            return false;
        }
    }

    private static String algorithm(String version) {
        return switch (version) {
            case "1" -> "SHA1withRSA";
            case "2" -> "SHA256withRSA";
            default -> null;
        };
    }

    /** Names and values, each followed by a new line, in the order of the names. */
    static String signed(JsonNode message) {
        var names = message.path("Type").asText().equals("Notification") ? SIGNED : SIGNED_IN_CONFIRMATIONS;
        var text = new StringBuilder();
        for (var name : names) {
            if (message.hasNonNull(name)) {
                text.append(name)
                        .append('\n')
                        .append(message.path(name).asText())
                        .append('\n');
            }
        }
        return text.toString();
    }
}
