package dev.sluice.triggers.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.UnacceptableJson;
import dev.sluice.triggers.config.TriggersConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The rollout files that rules and Deployments may start: a folder, such as a ConfigMap's. Read anew for every event. */
@Singleton
public class RolloutFiles {
    /** No way up or out. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private final Path folder;

    @Inject
    RolloutFiles(TriggersConfig config) {
        this(config.triggers().hooks().files().orElse(null));
    }

    /** @param folder null: there is none */
    public RolloutFiles(Path folder) {
        this.folder = folder;
    }

    /** There is no such file, or it is none. */
    public static final class NoFile extends Exception {
        private static final long serialVersionUID = 1;

        NoFile(String words) {
            super(words);
        }
    }

    public ObjectNode read(String name) throws NoFile {
        if (folder == null) {
            throw new NoFile("sluice.triggers.hooks.files names no folder of rollout files");
        }
        if (!NAME.matcher(name).matches()) {
            throw new NoFile("'" + name + "' is no path of a file in the folder of rollout files");
        }
        var path = folder.resolve(name);
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > Topic.COMMANDS.maxBytes()) {
                throw new NoFile("there is no rollout file " + name + " in the folder of rollout files");
            }
            if (YamlTree.parse(Files.readString(path)) instanceof ObjectNode file) {
                return file;
            }
            throw new NoFile("the rollout file " + name + " is no map");
        } catch (IOException e) {
            throw new NoFile("the rollout file " + name + " can't be read: " + e.getMessage());
        } catch (UnacceptableJson e) {
            throw new NoFile("the rollout file " + name + ": " + e.getMessage());
        }
    }
}
