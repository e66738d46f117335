package dev.sluice.triggers.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a sender proves who it is. Comparisons take as long for a wrong proof as for the right one. */
final class Proof {
    private static final Map<String, String> ALGORITHMS =
            Map.of("sha224", "HmacSHA224", "sha256", "HmacSHA256", "sha384", "HmacSHA384", "sha512", "HmacSHA512");
    private static final String BEARER = "bearer ";

    private Proof() {}

    /** @param status 401 where nothing was shown, 403 where something else was */
    record Refusal(int status, String words) {}

    /** The secret itself, in a header. */
    static Optional<Refusal> token(Map<String, String> headers, String header, String secret) {
        var shown = headers.get(header);
        if (shown == null) {
            return Optional.of(new Refusal(401, "the request has no header " + header));
        }
        var isBearer =
                header.equals("authorization") && shown.toLowerCase(Locale.ROOT).startsWith(BEARER);
        var token = isBearer ? shown.substring(BEARER.length()).strip() : shown;
        return isEqual(secret, token)
                ? Optional.empty()
                : Optional.of(new Refusal(403, "the header " + header + " does not have this sender's secret"));
    }

    /** {@code <algorithm>=<hex>}, an HMAC of the body with the secret as its key. */
    static Optional<Refusal> signature(Map<String, String> headers, String header, String secret, byte[] body) {
        var shown = headers.get(header);
        if (shown == null) {
            return Optional.of(new Refusal(401, "the request has no signature: header " + header));
        }
        var equals = shown.indexOf('=');
        var algorithm =
                equals < 0 ? null : ALGORITHMS.get(shown.substring(0, equals).toLowerCase(Locale.ROOT));
        if (algorithm == null) {
            return Optional.of(new Refusal(
                    403,
                    "the signature in " + header
                            + " is to be sha224=, sha256=, sha384= or sha512= and hexadecimal digits"));
        }
        var expected = HexFormat.of().formatHex(hmac(algorithm, secret, body));
        return isEqual(expected, shown.substring(equals + 1).strip().toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(new Refusal(403, "the signature in " + header + " is not this sender's of this body"));
    }

    private static boolean isEqual(String expected, String shown) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(String algorithm, String secret, byte[] body) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
