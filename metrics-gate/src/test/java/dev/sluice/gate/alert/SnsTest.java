package dev.sluice.gate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gate.config.AlertsConfig;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html has them, signed by a key of the test's own. */
class SnsTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms";
    private static final String HOST = "https://sns.us-east-1.amazonaws.com/";
    private static final String CONFIRMATION = HOST + "?Action=ConfirmSubscription&TopicArn=" + TOPIC + "&Token=2336";

    private record Configured(boolean verify, Optional<List<String>> topics) implements AlertsConfig.Sns {}

    private final List<URI> visited = new ArrayList<>();
    private KeyPair keys;

    @BeforeEach
    void makeKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    private CloudWatch cloudWatch(Optional<List<String>> topics) {
        var server = new Sns.Server() {
            @Override
            public PublicKey key(URI certificate) {
                return keys.getPublic();
            }

            @Override
            public void visit(URI confirmation) {
                visited.add(confirmation);
            }
        };
        return new CloudWatch(new Sns(Optional.of(new Configured(true, topics)), server));
    }

    private static ObjectNode notification() {
        return Json.mapper()
                .createObjectNode()
                .put("Type", "Notification")
                .put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324")
                .put("TopicArn", TOPIC)
                .put("Subject", "ALARM: \"shop-checkout-errors\" in US East (N. Virginia)")
                .put("Message", Webhooks.alarm("ALARM", "2026-11-30T12:00:00.828+0000"))
                .put("Timestamp", "2026-11-30T12:00:01.000Z")
                .put("SigningCertURL", HOST + "SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem")
                .put("UnsubscribeURL", HOST + "?Action=Unsubscribe");
    }

    private static ObjectNode confirmation(String url) {
        var message = notification()
                .put("Type", "SubscriptionConfirmation")
                .put("Token", "2336")
                .put("Message", "You have chosen to subscribe")
                .put("SubscribeURL", url);
        message.remove("Subject");
        return message;
    }

    /** Put together by hand, from the documentation, and not by what is tested. */
    private ObjectNode signed(ObjectNode message, String version) throws GeneralSecurityException {
        var text = new StringBuilder();
        for (var name :
                List.of("Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")) {
            if (message.has(name)) {
                text.append(name)
                        .append("\n")
                        .append(message.path(name).textValue())
                        .append("\n");
            }
        }
        var signature = Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return message.put("SignatureVersion", version)
                .put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
    }

    private static Said read(CloudWatch cloudWatch, ObjectNode message) {
        return cloudWatch.read(message.toString().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void takesWhatSnsHasSigned(String version) throws GeneralSecurityException {
        var said = read(cloudWatch(Optional.of(List.of(TOPIC))), signed(notification(), version));
        assertThat(said)
                .isInstanceOfSatisfying(
                        Said.Alerts.class,
                        alerts -> assertThat(alerts.alerts().getFirst().name()).isEqualTo("shop-checkout-errors"));
    }

    @Test
    void refusesWhatIsSignedAndThenChanged() throws GeneralSecurityException {
        var changed = signed(notification(), "2").put("Message", Webhooks.alarm("OK", "2026-11-30T12:00:00.828+0000"));
        assertThat(read(cloudWatch(Optional.empty()), changed)).isInstanceOf(Said.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "", "3"})
    void refusesSignaturesOfVersionsThatItDoesNotKnow(String version) throws GeneralSecurityException {
        var message = signed(notification(), "2").put("SignatureVersion", version);
        assertThat(read(cloudWatch(Optional.empty()), message)).isInstanceOf(Said.Refused.class);
    }

    @Test
    void refusesRubbishForASignature() {
        var message = notification()
                .put("SignatureVersion", "1")
                .put("Signature", "EXAMPLEw6JRNwm1LFQL4ICB0bnXrdB8ClRMTQFGBqwLpGbM=");
        assertThat(read(cloudWatch(Optional.empty()), message)).isInstanceOf(Said.Refused.class);
        assertThat(read(cloudWatch(Optional.empty()), message.put("Signature", "%%%")))
                .isInstanceOf(Said.Refused.class);
    }

    @Test
    @DisplayName(
            "anybody's SNS signs: with topics named, others' topics and alarms without an envelope count for nothing")
    void refusesOtherTopics() throws GeneralSecurityException {
        var cloudWatch = cloudWatch(Optional.of(List.of(TOPIC)));
        var others = signed(notification().put("TopicArn", "arn:aws:sns:us-east-1:999999999999:mine"), "2");
        assertThat(read(cloudWatch, others)).isInstanceOf(Said.Refused.class);
        assertThat(cloudWatch.read(
                        Webhooks.alarm("OK", "2026-11-30T12:00:00.828+0000").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Said.Refused.class);
    }

    @Test
    void confirmsASubscriptionOnce() throws GeneralSecurityException {
        var said = read(cloudWatch(Optional.empty()), signed(confirmation(CONFIRMATION), "1"));
        assertThat(said).isInstanceOf(Said.Done.class);
        assertThat(visited).containsExactly(URI.create(CONFIRMATION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sns.us-east-1.amazonaws.com/",
                "https://sns.us-east-1.amazonaws.com.evil.example/",
                "https://evil.example/sns.us-east-1.amazonaws.com",
                "https://sns.us-east-1.amazonaws.com@evil.example/",
                "https://evil@sns.us-east-1.amazonaws.com/",
                "https://sns.us-east-1.amazonaws.com:8443/",
                "https://bucket.s3.us-east-1.amazonaws.com/cert.pem",
                "https://sns.amazonaws.com/",
                "https://snsXus-east-1.amazonaws.com/",
                "https://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "no url",
                ""
            })
    void visitsNobodyElse(String url) throws GeneralSecurityException {
        // when
        var confirmed = read(cloudWatch(Optional.empty()), signed(confirmation(url), "2"));
        var certified = read(cloudWatch(Optional.empty()), signed(notification().put("SigningCertURL", url), "2"));

        // then
        assertThat(confirmed).isInstanceOf(Said.Refused.class);
        assertThat(certified).isInstanceOf(Said.Refused.class);
        assertThat(visited).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sns.eu-central-1.amazonaws.com/",
                "https://sns.us-gov-west-1.amazonaws.com/",
                "https://sns.cn-north-1.amazonaws.com.cn/"
            })
    void knowsTheHostsOfEveryRegion(String url) {
        assertThat(SnsHost.url(url)).isPresent();
    }

    @Test
    void asksForItAgainWhereSnsDoesNotAnswer() throws GeneralSecurityException {
        // given
        var away = new Sns.Server() {
            @Override
            public PublicKey key(URI certificate) throws IOException {
                throw new IOException("no route");
            }

            @Override
            public void visit(URI confirmation) throws IOException {
                throw new IOException("no route");
            }
        };
        var verifying = new CloudWatch(new Sns(Optional.of(new Configured(true, Optional.empty())), away));
        var believing = new CloudWatch(new Sns(Optional.of(new Configured(false, Optional.empty())), away));

        // then
        assertThat(read(verifying, signed(notification(), "2"))).isInstanceOf(Said.Later.class);
        assertThat(read(believing, notification())).isInstanceOf(Said.Alerts.class);
        assertThat(read(believing, confirmation(CONFIRMATION))).isInstanceOf(Said.Later.class);
    }
}
