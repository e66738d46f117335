package dev.sluice.gate.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.config.ProvidersConfig.Secret;
import dev.sluice.gate.source.Unanswered;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the credentials, time and scope of AWS' Signature Version 4 test suite. */
class AwsSignatureTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);
    private static final URI HOST = URI.create("https://example.amazonaws.com/");

    @BeforeEach
    void setKeys() {
        System.setProperty("test.aws.id", "AKIDEXAMPLE");
        System.setProperty("test.aws.secret", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        System.setProperty("test.aws.token", "AQoDYXdzEPT");
    }

    @AfterEach
    void clearKeys() {
        for (var key : new String[] {"id", "secret", "token"}) {
            System.clearProperty("test.aws." + key);
        }
    }

    /** AWS' own signer signs one header more than the suite's requests have, so it is held against a reckoning of its own. */
    @Test
    void signsAsTheAlgorithmOfTheSuiteDoes() throws Unanswered {
        for (var method : List.of("GET", "POST")) {
            // given
            var headers = new TreeMap<String, String>();

            // when
            signature(null).authorize(new Call(method, HOST, "text/plain", "a body"), headers);

            // then
            var request = new TreeMap<String, String>();
            headers.forEach((name, value) -> request.put(name.toLowerCase(Locale.ROOT), value));
            var authorization = request.remove("authorization");
            request.put("host", HOST.getHost());
            assertThat(request).containsOnlyKeys("host", "x-amz-content-sha256", "x-amz-date");
            assertThat(authorization)
                    .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                            + " SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature="
                            + Reckoned.signature(method, request, "a body"));
        }
    }

    @Test
    void reckonsAsTheSuiteDoes() {
        // given: get-vanilla and post-vanilla
        var headers = new TreeMap<>(Map.of("host", HOST.getHost(), "x-amz-date", "20150830T123600Z"));

        // when / then
        assertThat(Reckoned.signature("GET", headers, ""))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(Reckoned.signature("POST", headers, ""))
                .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void sendsTheTokenOfTemporaryCredentials() throws Unanswered {
        // given
        var headers = new TreeMap<String, String>();

        // when
        signature(secret("test.aws.token")).authorize(new Call("GET", HOST, null, null), headers);

        // then
        assertThat(headers).containsEntry("X-Amz-Security-Token", "AQoDYXdzEPT");
        assertThat(headers.get("Authorization")).contains("x-amz-security-token");
    }

    private static AwsSignature signature(SecretValue token) {
        var keys = new AwsSignature.Keys(secret("test.aws.id"), secret("test.aws.secret"), token);
        return new AwsSignature(keys, "us-east-1", "service", CLOCK);
    }

    private static SecretValue secret(String key) {
        return SecretValue.of(new Named(Optional.of(key), Optional.empty()), "test");
    }

    /** The algorithm as AWS describes it, of a request for / without a query. */
    private static final class Reckoned {
        private static final String SCOPE = "20150830/us-east-1/service/aws4_request";

        private Reckoned() {}

        static String signature(String method, SortedMap<String, String> headers, String body) {
            var lines = new StringBuilder(method + "\n/\n\n");
            headers.forEach((name, value) ->
                    lines.append(name).append(':').append(value).append('\n'));
            lines.append('\n')
                    .append(String.join(";", headers.keySet()))
                    .append('\n')
                    .append(hash(body));
            var text = "AWS4-HMAC-SHA256\n20150830T123600Z\n" + SCOPE + "\n" + hash(lines.toString());
            var key = bytes("AWS4" + System.getProperty("test.aws.secret"));
            for (var part : SCOPE.split("/", -1)) {
                key = hmac(key, part);
            }
            return HexFormat.of().formatHex(hmac(key, text));
        }

        private static String hash(String text) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] hmac(byte[] key, String text) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                return mac.doFinal(bytes(text));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private record Named(Optional<String> key, Optional<Path> file) implements Secret {}

    @Test
    void keepsSecretsOutOfWords() {
        // given / when / then
        assertThat(Map.of("secret", secret("test.aws.secret")).toString()).doesNotContain("EXAMPLEKEY");
    }
}
