package dev.sluice.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.StrictJson;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file that was named on the command line; {@code -} is standard input. */
final class WrittenFile {
    private WrittenFile() {}

    static String text(Session session, String name) throws Stop {
        try {
            return name.equals("-")
                    ? new String(session.here().in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(name));
        } catch (NoSuchFileException e) {
            throw new Stop(Exit.INVALID, "There is no file " + name + ": name another, or - for standard input");
        } catch (MalformedInputException e) {
            throw new Stop(Exit.INVALID, "The file " + name + " is no UTF-8 text");
        } catch (IOException e) {
            throw new Stop(Exit.INVALID, "The file " + name + " can't be read: " + e.getMessage());
        }
    }

    /** As JSON, as it came: nothing of its meaning is looked at. */
    static JsonNode tree(Session session, String name) throws Stop {
        var text = text(session, name);
        if (text.length() > RolloutFileReader.MAX_CHARS) {
            throw new Stop(
                    Exit.INVALID, "The file " + name + " has more than " + RolloutFileReader.MAX_CHARS + " characters");
        }
        try {
            // JSON is read as JSON, for its own messages; YAML's flow style begins with the same brace
            var tree = text.stripLeading().startsWith("{\"") ? StrictJson.parse(text) : YamlTree.parse(text);
            if (!tree.isObject()) {
                throw invalid(name, "is no object: it has to begin with keys such as `version: v1`");
            }
            return tree;
        } catch (UnacceptableJson e) {
            throw invalid(name, e.getMessage());
        }
    }

    private static Stop invalid(String name, String words) {
        return new Stop(Exit.INVALID, "The file " + name + " is not valid", List.of(new Problem("", words)));
    }
}
