package dev.sluice.notifier.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over {@code <id>.<timestamp>.<body>}, as {@code v1,<Base64>}. */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";
    /** What is written in Base64 begins with it. */
    private static final String PREFIX = "whsec_";
    /** In bytes; a shorter one can be guessed. */
    private static final int SHORTEST = 16;

    private final byte[] key;

    private Signature(byte[] key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException for a secret that is none, without saying it */
    static Signature by(String secret) {
        byte[] key;
        try {
            key = secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : secret.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its secret begins with " + PREFIX + ", and what follows is no Base64");
        }
        if (key.length < SHORTEST) {
            throw new IllegalArgumentException("its secret is shorter than " + SHORTEST + " bytes");
        }
        return new Signature(key);
    }

    String of(String id, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
