package dev.sluice.schemas.contract;

import dev.sluice.schemas.wire.MessageType;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What Sluice publishes for others to build upon, and where it stands. */
final class Contracts {
    static final Path SCHEMAS = Path.of("src/main/resources/dev/sluice/schemas");
    static final Path RELEASED = Path.of("released");
    /** Services with a document of their HTTP, by their modules' names. */
    static final List<String> OVER_HTTP = List.of("rollout-engine", "metrics-gate", "dashboard", "triggers");

    private static final Set<String> SENT_BY_OTHERS = Set.of("command", "metric-event", "rollout-file");

    private Contracts() {}

    /** The words in {@code <word>.schema.json}. */
    static List<String> schemas() {
        return Stream.concat(MessageType.ALL.stream().map(MessageType::schema), Stream.of("rollout-file"))
                .toList();
    }

    /** @param word of a schema or a message */
    static List<View> views(String word) {
        return SENT_BY_OTHERS.contains(word) ? View.OF_WHAT_OTHERS_SEND : View.OF_WHAT_SLUICE_SENDS;
    }

    static Path openApi(String service) {
        return Path.of("..", service, "src/main/resources/META-INF/openapi.yaml");
    }
}
