package dev.sluice.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Examples;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import dev.sluice.schemas.wire.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The AsyncAPI document says what the code does. {@code -Dcontracts.write=true} writes it anew. */
class AsyncApiTest {
    private static final Path FILE = Path.of("src/main/resources/dev/sluice/schemas/asyncapi.yaml");
    private static final String BEGINNING =
            "# Made by AsyncApiTest from topics, schemas and examples: see docs/contracts.md.\n";
    private static final Pattern NAMED =
            Pattern.compile("\\b(?:Topic|MessageType)\\.([A-Z_]+)\\b|\\$\\{sluice\\.topics\\.prefix[^}]*\\}([a-z-]+)");

    static Stream<MessageType<?>> messages() {
        return MessageType.ALL.stream();
    }

    @Test
    void theCommittedDocumentIsUpToDate() throws IOException {
        // given
        var document = BEGINNING + Yaml.write(AsyncApi.document());
        // when
        if (Boolean.getBoolean("contracts.write")) {
            Files.writeString(FILE, document);
        }
        // then
        assertThat(FILE)
                .as("%s is out of date: run this test with -Dcontracts.write=true", FILE)
                .hasContent(document);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aServiceNamesTheTopicsOfTheDocumentAndNoOthers(Service service) throws IOException {
        // given
        var named = new TreeSet<Topic>();
        try (var files = Files.walk(Path.of("..", service.word(), "src/main"))) {
            for (var file : files.filter(AsyncApiTest::mayNameTopics).toList()) {
                NAMED.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .forEach(word -> topic(word).ifPresent(named::add));
            }
        }
        // then
        var documented = new TreeSet<>(service.receives);
        documented.addAll(service.sends);
        assertThat(named).isEqualTo(documented);
    }

    @Test
    void theTriggersTellAndHearCdEventsWhereTheDocumentSays() throws IOException {
        // given
        var document = Yaml.read(Yaml.write(AsyncApi.document())).path("channels");
        var settings = Files.readAllLines(Path.of("../triggers/src/main/resources/application.properties"));
        // then
        assertThat(document.at("/cdevents/address").asText()).isEqualTo("{prefix}cdevents");
        assertThat(settings)
                .contains("mp.messaging.outgoing.cdevents.topic=${sluice.topics.prefix:rollout.}cdevents")
                .contains("mp.messaging.incoming.published.topic=${sluice.triggers.cdevents.topic:%s}"
                        .formatted(document.at("/cdevents-heard/parameters/topic/default")
                                .asText()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    <T> void aMessageHasTheHeadersOfTheDocument(MessageType<T> type) {
        // given
        var known = Yaml.read(Yaml.write(Messages.headers(Messages.ALWAYS)));
        var example = Examples.valid(type.schema()).getFirst();
        var message = ((Reading.Message<T>) new MessageReader().read(type, example.utf8(), null)).message();
        var writer = new MessageWriter("sluice/test", Topic.DEFAULT_PREFIX);
        // when
        var plain = writer.write(type, message, "id", Instant.EPOCH);
        var traced = writer.write(type, message, "id", Instant.EPOCH, new Lineage("cause", "hop", "origin"));
        // then
        var properties = new TreeSet<String>();
        known.path("properties").fieldNames().forEachRemaining(properties::add);
        assertThat(properties).containsAll(names(traced.headers()));
        assertThat(names(plain.headers())).containsAll(Messages.ALWAYS);
    }

    private static boolean mayNameTopics(Path file) {
        return file.toString().endsWith(".java") || file.endsWith("application.properties");
    }

    /** By a constant's name, of the topic or of its message, or by the topic's word. */
    private static java.util.Optional<Topic> topic(String word) {
        var byMessage = MessageType.ALL.stream()
                .filter(type -> type.schema().replace('-', '_').equalsIgnoreCase(word))
                .map(MessageType::topic);
        var byName = Arrays.stream(Topic.values())
                .filter(topic -> topic.name().equals(word) || topic.word().equals(word));
        return Stream.concat(byMessage, byName).findFirst();
    }

    private static Set<String> names(Headers headers) {
        var names = new TreeSet<String>();
        headers.forEach(header -> names.add(header.key()));
        return names;
    }
}
