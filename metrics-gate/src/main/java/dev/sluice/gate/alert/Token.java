package dev.sluice.gate.alert;

import dev.sluice.gate.config.AlertsConfig.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.eclipse.microprofile.config.ConfigProvider;

/** The secret that a monitor's requests must show; it is in no words of its own. */
public final class Token {
    private static final int LONGEST = 65_536;

    private final String value;
    private final Path file;

    private Token(String value, Path file) {
        this.value = value;
        this.file = file;
    }

    /**
     * @return null where none is named
     * @throws IllegalArgumentException where it is named twice, or is none
     */
    static Token of(Secret secret) {
        if (secret.file().isPresent()) {
            if (secret.key().isPresent()) {
                throw new IllegalArgumentException("token needs either `key` or `file`");
            }
            return new Token(null, secret.file().get());
        }
        return secret.key().map(key -> new Token(named(key), null)).orElse(null);
    }

    private static String named(String key) {
        return ConfigProvider.getConfig()
                .getOptionalValue(key, String.class)
                .orElseThrow(() -> new IllegalArgumentException(
                        "token.key names " + key + ", and neither the environment nor the configuration has it"));
    }

    /**
     * Takes as long for a wrong one as for the right one.
     *
     * @param shown null where nothing was shown
     * @throws IOException where the file can't be read, or is none of a secret
     */
    public boolean isShown(String shown) throws IOException {
        var expected = now();
        return shown != null && MessageDigest.isEqual(bytes(expected), bytes(shown));
    }

    private String now() throws IOException {
        if (file == null) {
            return value;
        }
        if (Files.size(file) > LONGEST) {
            throw new IOException("it is longer than " + LONGEST + " bytes");
        }
        var read = Files.readString(file).strip();
        if (read.isEmpty()) {
            throw new IOException("it is empty");
        }
        return read;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
