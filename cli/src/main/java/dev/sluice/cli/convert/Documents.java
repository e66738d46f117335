package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The objects of a file, one after the other as kubectl takes them.
 *
 * @param all in the file's order
 */
public record Documents(List<JsonNode> all) {
    private static final Pattern BETWEEN = Pattern.compile("(?m)^---(\\s.*)?$");
    private static final Pattern NOTHING = Pattern.compile("(?m)\\A(\\s*(#.*)?$)*\\z");

    /** @throws UnacceptableJson where one of them can't be read */
    public static Documents read(String text) throws UnacceptableJson {
        var all = new ArrayList<JsonNode>();
        for (var document : BETWEEN.split(text)) {
            if (!NOTHING.matcher(document).matches()) {
                all.add(YamlTree.parse(document));
            }
        }
        return new Documents(all);
    }

    Optional<JsonNode> first(String group, String kind) {
        return all.stream()
                .filter(one -> one.path("kind").asText().equals(kind)
                        && one.path("apiVersion").asText().startsWith(group + "/"))
                .findFirst();
    }

    /** Whatever its group. */
    Optional<JsonNode> named(String kind, String name) {
        return all.stream()
                .filter(one -> one.path("kind").asText().equals(kind)
                        && one.path("metadata").path("name").asText().equals(name))
                .findFirst();
    }
}
