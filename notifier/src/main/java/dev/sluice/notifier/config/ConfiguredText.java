package dev.sluice.notifier.config;

import dev.sluice.notifier.config.NotifierConfig.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A text that the configuration says or names. It may be a secret: it is in no words. */
public final class ConfiguredText {
    private static final int LONGEST = 65_536;

    private final String value;
    private final Path file;

    private ConfiguredText(String value, Path file) {
        this.value = value;
        this.file = file;
    }

    public static boolean isSaid(Text text) {
        return text.value().isPresent() || text.key().isPresent() || text.file().isPresent();
    }

    /**
     * @param keys environment variables and configuration keys
     * @throws IllegalArgumentException where it is said twice, or not at all, or where its key has no value
     */
    public static ConfiguredText of(Text text, String setting, Function<String, Optional<String>> keys) {
        if (Stream.of(text.value(), text.key(), text.file())
                        .filter(Optional::isPresent)
                        .count()
                != 1) {
            throw new IllegalArgumentException(setting + " needs exactly one of `value`, `key` and `file`");
        }
        if (text.file().isPresent()) {
            return new ConfiguredText(null, text.file().get());
        }
        var value = text.value().or(() -> keys.apply(text.key().orElseThrow()));
        return new ConfiguredText(
                value.orElseThrow(() -> new IllegalArgumentException(setting + ".key names "
                        + text.key().orElseThrow() + ", and neither the environment nor the configuration has it")),
                null);
    }

    /** @throws IOException where its file can't be read; the words name the file */
    public String now() throws IOException {
        if (file == null) {
            return value;
        }
        if (Files.size(file) > LONGEST) {
            throw new IOException(file + " is longer than " + LONGEST + " bytes");
        }
        return Files.readString(file).strip();
    }

    @Override
    public String toString() {
        return "a configured text";
    }
}
