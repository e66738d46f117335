package dev.sluice.engine.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a callback's URL ends with: which call it is for, and a signature that nobody without the key can make (HMAC-SHA256, RFC
 * 2104). Nothing has to be kept for it to be known again.
 */
public record CallbackToken(String application, String call) {
    /** Of the key, in bytes: as many as the signature has. */
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST = 4096;

    public String signed(byte[] key) {
        var claim = utf8(application + "\n" + call);
        return base64(claim) + "." + base64(signature(key, claim));
    }

    /** Empty for whatever was not signed with this key; takes as long for an almost right one as for any other. */
    public static Optional<CallbackToken> read(byte[] key, String token) {
        var dot = token.indexOf('.');
        if (dot < 0 || token.length() > LONGEST) {
            return Optional.empty();
        }
        String[] parts;
        try {
            var claim = Base64.getUrlDecoder().decode(token.substring(0, dot));
            parts = new String(claim, StandardCharsets.UTF_8).split("\n", 2);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (parts.length < 2) {
            return Optional.empty();
        }
        var claimed = new CallbackToken(parts[0], parts[1]);
        var isOurs = MessageDigest.isEqual(utf8(claimed.signed(key)), utf8(token));
        return isOurs ? Optional.of(claimed) : Optional.empty();
    }

    private static byte[] signature(byte[] key, byte[] claim) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(claim);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
