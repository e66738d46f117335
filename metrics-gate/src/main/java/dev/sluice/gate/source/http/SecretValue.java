package dev.sluice.gate.source.http;

import dev.sluice.gate.config.ProvidersConfig.Secret;
import dev.sluice.gate.source.Unanswered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/** A secret that is named in the configuration. Its value is in no words, and it has none of its own. */
public final class SecretValue {
    private static final int LONGEST = 65_536;

    private final String value;
    private final Path file;

    private SecretValue(String value, Path file) {
        this.value = value;
        this.file = file;
    }

    public static boolean isNamed(Secret secret) {
        return secret.key().isPresent() || secret.file().isPresent();
    }

    /** @throws IllegalArgumentException where it is named twice, or not at all, or where its key has no value */
    public static SecretValue of(Secret secret, String setting) {
        if (secret.key().isPresent() == secret.file().isPresent()) {
            throw new IllegalArgumentException(setting + " needs a secret: either `key` or `file`");
        }
        if (secret.file().isPresent()) {
            return new SecretValue(null, secret.file().get());
        }
        var key = secret.key().orElseThrow();
        var value = ConfigProvider.getConfig()
                .getOptionalValue(key, String.class)
                .orElseThrow(() -> new IllegalArgumentException(
                        setting + ".key names " + key + ", and neither the environment nor the configuration has it"));
        return new SecretValue(value, null);
    }

    public String now() throws Unanswered {
        if (file == null) {
            return value;
        }
        try {
            if (Files.size(file) > LONGEST) {
                throw Unanswered.ever("the secret's file " + file + " is longer than " + LONGEST + " bytes");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Unanswered.yet("the secret's file " + file + " cannot be read");
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
