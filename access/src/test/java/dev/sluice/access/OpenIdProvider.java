package dev.sluice.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A provider as others run one, as far as a service asks it: discovery and keys over HTTP, and tokens that it signs. */
final class OpenIdProvider implements AutoCloseable {
    private static final String KEY_ID = "key-1";

    private final HttpServer server;
    private final KeyPair key = pair();

    OpenIdProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        serve("/.well-known/openid-configuration", this::discovery);
        serve("/keys", this::keys);
        server.start();
    }

    private interface Document {
        Map<String, ?> now();
    }

    private void serve(String path, Document document) {
        server.createContext(path, exchange -> {
            var body = Json.mapper().writeValueAsBytes(document.now());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private Map<String, ?> discovery() {
        return Map.of(
                "issuer", url(),
                "jwks_uri", url() + "/keys",
                "token_endpoint", url() + "/token",
                "authorization_endpoint", url() + "/authorize",
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private Map<String, ?> keys() {
        var shown = (RSAPublicKey) key.getPublic();
        return Map.of(
                "keys",
                List.of(Map.of(
                        "kty",
                        "RSA",
                        "kid",
                        KEY_ID,
                        "alg",
                        "RS256",
                        "use",
                        "sig",
                        "n",
                        base64(unsigned(shown.getModulus())),
                        "e",
                        base64(unsigned(shown.getPublicExponent())))));
    }

    /** What a good token says, for a minute. */
    Map<String, Object> claims(String name, String... groups) {
        var now = Instant.now().getEpochSecond();
        return new TreeMap<>(Map.of(
                "iss",
                url(),
                "sub",
                "id-of-" + name,
                "preferred_username",
                name,
                "aud",
                "sluice",
                "groups",
                List.of(groups),
                "iat",
                now,
                "exp",
                now + 60));
    }

    String token(Map<String, Object> claims) {
        return signed(claims, key);
    }

    /** Signed by a key that is nobody's, under the name of the provider's. */
    String forged(Map<String, Object> claims) {
        return signed(claims, pair());
    }

    /** Says that no signature is needed. */
    static String unsigned(Map<String, Object> claims) {
        return head("none") + "." + json(claims) + ".";
    }

    /** Signed with the provider's public key as if it were a secret. */
    String confused(Map<String, Object> claims) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getPublic().getEncoded(), "HmacSHA256"));
            var text = head("HS256") + "." + json(claims);
            return text + "." + base64(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(Map<String, Object> claims, KeyPair with) {
        try {
            var text = head("RS256") + "." + json(claims);
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(with.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(String algorithm) {
        return json(Map.of("alg", algorithm, "kid", KEY_ID, "typ", "JWT"));
    }

    private static String json(Map<String, ?> value) {
        try {
            return base64(Json.mapper().writeValueAsBytes(value));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
