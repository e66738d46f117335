package dev.sluice.gate.alert;

import dev.sluice.gate.config.ProvidersConfig.Secret;
import dev.sluice.gate.source.Unanswered;
import dev.sluice.gate.source.http.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The secret that a monitor's requests must show. */
public final class Token {
    private final SecretValue secret;

    private Token(SecretValue secret) {
        this.secret = secret;
    }

    /**
     * @return null where none is named
     * @throws IllegalArgumentException where it is named twice, or its key has no value
     */
    static Token of(Secret secret) {
        return SecretValue.isNamed(secret) ? new Token(SecretValue.of(secret, "token")) : null;
    }

    /**
     * Takes as long for a wrong one as for the right one. An empty secret is shown by nobody.
     *
     * @param shown null where nothing was shown
     * @throws Unanswered where the secret's file can't be read
     */
    public boolean isShown(String shown) throws Unanswered {
        var expected = secret.now();
        return shown != null && !expected.isEmpty() && MessageDigest.isEqual(bytes(expected), bytes(shown));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
