package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bearer token of whoever asks: the one that was given, else the environment's.
 *
 * @param given null: not on the command line
 * @param file read at each request, since some are replaced while a rollout is watched
 */
public record Token(Surroundings here, String given, Path file) {

    public Optional<String> now() throws Stop {
        if (given != null) {
            return Optional.of(given.strip());
        }
        if (file != null) {
            return Optional.of(read(file));
        }
        var variable = here.variable("SLUICE_TOKEN");
        if (variable.isPresent()) {
            return variable.map(String::strip);
        }
        var named = here.variable("SLUICE_TOKEN_FILE");
        return named.isPresent() ? Optional.of(read(Path.of(named.get()))) : Optional.empty();
    }

    private static String read(Path file) throws Stop {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Stop(
                    Exit.INVALID,
                    "The token file " + file + " can't be read: name another with --token-file, or see its rights");
        }
    }
}
