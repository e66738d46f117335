package dev.sluice.engine.webhook;

import dev.sluice.engine.config.EngineConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** What {@code {{secrets.<name>}}} stands for: of the configuration, or a file of the secrets' folder. */
@ApplicationScoped
public class Secrets {
    private static final Logger LOG = Logger.getLogger(Secrets.class);
    /** No way out of the folder. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,252}");

    private static final int LONGEST = 65_536;
    private static final int MOST_FILES = 1000;

    private final Map<String, String> configured;
    private final Optional<Path> directory;

    Secrets(EngineConfig config) {
        this.configured = config.secrets();
        this.directory = config.webhooks().secretsDirectory();
    }

    /** @throws Uncallable that says what to configure */
    String named(String name) throws Uncallable {
        if (!NAME.matcher(name).matches()) {
            throw new Uncallable("{{secrets." + name + "}} is no secret's name: use letters, digits, '.', '_' and '-'");
        }
        var value = configured.get(name);
        if (value != null) {
            return value;
        }
        var file = directory.map(folder -> folder.resolve(name)).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            throw new Uncallable("the secret " + name + " is not known: set sluice.secrets." + name
                    + ", or put a file of that name into sluice.webhooks.secrets-directory");
        }
        try {
            return read(file.get());
        } catch (IOException e) {
            LOG.warnf("The file of a secret can't be read: %s", file.get());
            throw new Uncallable(
                    "the file of the secret " + name + " cannot be read, or is longer than " + LONGEST + " bytes");
        }
    }

    /** All there are, for texts of others in which one may be repeated. */
    public List<String> all() {
        var all = new ArrayList<>(configured.values());
        if (directory.isPresent()) {
            try (var files = Files.list(directory.get())) {
                for (var file :
                        files.filter(Files::isRegularFile).limit(MOST_FILES).toList()) {
                    all.add(read(file));
                }
            } catch (IOException e) {
                LOG.warnf("A secret's file can't be read: %s", e.getMessage());
            }
        }
        return all;
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException(file + " is too long");
        }
        return Files.readString(file).strip();
    }
}
