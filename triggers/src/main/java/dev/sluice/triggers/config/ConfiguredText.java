package dev.sluice.triggers.config;

import dev.sluice.triggers.config.TriggersConfig.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A secret that the configuration says or names. It is in no words. */
public final class ConfiguredText {
    private static final int LONGEST = 65_536;

    private final String value;
    private final Path file;

    private ConfiguredText(String value, Path file) {
        this.value = value;
        this.file = file;
    }

    /**
     * @param keys environment variables and configuration keys
     * @throws IllegalArgumentException where it is said twice, or not at all, or where its key has no value
     */
    public static ConfiguredText of(Text text, String setting, Function<String, Optional<String>> keys) {
        var said = Stream.of(text.value(), text.key(), text.file())
                .filter(Optional::isPresent)
                .count();
        if (said != 1) {
            throw new IllegalArgumentException(setting + " needs exactly one of `value`, `key` and `file`");
        }
        if (text.file().isPresent()) {
            return new ConfiguredText(null, text.file().get());
        }
        var value = text.value().or(() -> keys.apply(text.key().orElseThrow()));
        return new ConfiguredText(
                value.filter(one -> !one.isBlank())
                        .orElseThrow(() -> new IllegalArgumentException(
                                setting + " is empty, or its key is in neither the environment nor the configuration")),
                null);
    }

    /** @throws IOException where its file can't be read, or has nothing in it; the words name the file */
    public String now() throws IOException {
        if (file == null) {
            return value;
        }
        if (Files.size(file) > LONGEST) {
            throw new IOException(file + " is longer than " + LONGEST + " bytes");
        }
        var read = Files.readString(file).strip();
        if (read.isEmpty()) {
            throw new IOException(file + " is empty");
        }
        return read;
    }

    @Override
    public String toString() {
        return "a configured text";
    }
}
