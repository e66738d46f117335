package dev.sluice.gate.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.core.Origin;
import dev.sluice.gate.core.Sample;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The streaming parser may be faster than the reader that goes by the schema; it must not be of another opinion. */
class MetricEventsTest {
    private record Example(String name, String text) {
        byte[] json() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final Instant APPENDED = Instant.parse("2026-11-20T12:00:01Z");
    private static final Origin ORIGIN = new Origin("rollout.metrics/0", 17, 0);

    private final MetricEvents events = new MetricEvents();
    private final MessageReader bySchema = new MessageReader();

    @TestFactory
    @DisplayName("B25 every example of the schema is read or refused as the schema says")
    Stream<DynamicTest> agreesOnTheExamples() throws IOException, URISyntaxException {
        return Stream.of("valid", "invalid").flatMap(kind -> {
            var examples = examples(kind);
            assertThat(examples).as(kind + " examples").isNotEmpty();
            return examples.stream()
                    .map(example -> DynamicTest.dynamicTest(kind + "/" + example.name(), () -> {
                        var reading = events.read(example.json(), new RecordHeaders());
                        assertThat(reading instanceof Reading.Message<MetricEvent>)
                                .isEqualTo(kind.equals("valid"));
                        agrees(example.json());
                    }));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"specversion\":\"1.0\"", "\"specversion\":\"1.0\",\"data\":{\"count\":2}", "\"%s\":1"})
    void whatMakesItsFieldsOthersIsLeftToTheReader(String more) {
        // given
        var json = """
                {"id":"1","source":"x","application":"a","target":"t","metric":"m","variant":"canary","count":1,%s}""".formatted(more.formatted("x".repeat(1025))).getBytes(StandardCharsets.UTF_8);
        // then
        assertThat(events.plain(json, new RecordHeaders())).isNull();
        agrees(json);
    }

    @Test
    void theStreamingParserTakesPlainEventsItself() {
        var plain = examples("valid").stream()
                .filter(example -> new MetricEventParser().parse(example.json(), new RecordHeaders()) != null)
                .map(Example::name);

        assertThat(plain)
                .contains(
                        "count.json", "histogram.json", "histogram-total.json", "total.json", "value-by-revision.json");
    }

    @Test
    @DisplayName("What nearly all senders write is read without words")
    void plainEventsAreReadFromByteToByte() {
        var plain = examples("valid").stream()
                .filter(example -> events.plain(example.json(), new RecordHeaders()) != null)
                .map(Example::name);

        assertThat(plain)
                .contains(
                        "count.json",
                        "histogram.json",
                        "nothing-counted.json",
                        "nulls-and-unknown-fields.json",
                        "one-bound.json",
                        "sixteen-labels.json",
                        "histogram-total.json",
                        "time-with-offset-and-fraction.json",
                        "total.json",
                        "value-by-revision.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"time\":\"2026-11-20T12:00:00+00:00\"",
                "\"time\":\"2026-11-20T12:00:00.123456-05:30\"",
                "\"pod\":{\"name\":\"a\",\"ips\":[\"10.0.0.1\",{\"v6\":null}],\"ready\":true,\"load\":0.25}",
                "\"tags\":[]",
                "\"tags\":[[1,2],[]]"
            })
    @DisplayName("Line 20: times with an offset and unknown nested fields are read as fast as any other")
    void theStreamingParserTakesOffsetsAndNestedFields(String field) throws Exception {
        // given
        var event =
                ("{\"application\":\"shop/checkout\",\"target\":\"prod\",\"variant\":\"canary\",\"metric\":\"m\",\"count\":1,"
                                + field + "}")
                        .getBytes(StandardCharsets.UTF_8);

        // then
        assertThat(new MetricEventParser().parse(event, new RecordHeaders())).isNotNull();
        assertThat(events.plain(event, new RecordHeaders())).isNotNull();
        agrees(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"time\":\"2026-11-20T12:00:00+25:00\"",
                "\"time\":\"2026-11-20T12:00:00-00:00\"",
                "\"time\":\"2026-11-20T12:00:00+0100\"",
                "\"time\":\"2026-11-20T12:00:00 01:00\"",
                "\"pod\":{\"name\":1,\"name\":2}",
                "\"pod\":{\"name\":\"\\u0000\"}",
                "\"pod\":[1e999]"
            })
    @DisplayName("Line 20: what is doubtful in them is left to the reader that explains it")
    void doubtfulOnesAreLeftToTheOtherReader(String field) throws Exception {
        agrees(
                ("{\"application\":\"shop/checkout\",\"target\":\"prod\",\"variant\":\"canary\",\"metric\":\"m\",\"count\":1,"
                                + field + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "ce_sluiceformat,2",
        "CE_SluiceFormat,2",
        "ce_type,dev.sluice.metric-event.v2",
        "Ce_Type,dev.sluice.metric-event.v2"
    })
    @DisplayName(
            "B42, B46: the streaming parser leaves a later version's events alone, however their headers are spelled")
    void leavesLaterVersionsAlone(String header, String value) {
        // given
        var headers = new RecordHeaders();
        headers.add(header, value.getBytes(StandardCharsets.UTF_8));
        headers.add("ce_source", "sluice/metrics-gate".getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(events.read(examples("valid").getFirst().json(), headers)).isInstanceOf(Reading.Newer.class);
    }

    @Test
    @DisplayName("B25 mutated events are read alike by both, or refused by both")
    void agreesOnMutants() {
        // given
        var random = new Random(20261121);
        var seeds = new ArrayList<>(examples("valid"));
        seeds.addAll(examples("invalid"));

        // then
        for (int i = 0; i < 4_000; i++) {
            agrees(mutate(seeds.get(random.nextInt(seeds.size())).json(), random));
        }
    }

    private void agrees(byte[] json) {
        var fast = events.read(json, new RecordHeaders());
        var slow = bySchema.read(MessageType.METRIC_EVENT, json, new RecordHeaders());
        assertThat(message(fast))
                .as(() -> new String(json, StandardCharsets.UTF_8))
                .isEqualTo(message(slow));
        // the second time its series is known
        for (int time = 0; time < 2; time++) {
            var plain = events.plain(json, new RecordHeaders());
            if (plain == null) {
                continue;
            }
            assertThat(plain.sample(APPENDED.toEpochMilli(), ORIGIN).toString())
                    .as(() -> new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(sample(slow));
        }
    }

    private static String sample(Reading<MetricEvent> reading) {
        return reading instanceof Reading.Message(var event, var attributes)
                ? Sample.of(event, APPENDED, ORIGIN).toString()
                : "refused";
    }

    private static Object message(Reading<MetricEvent> reading) {
        return reading instanceof Reading.Message(var event, var attributes) ? event : "refused";
    }

    private static byte[] mutate(byte[] json, Random random) {
        var mutant = json.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            var at = random.nextInt(mutant.length);
            switch (random.nextInt(3)) {
                case 0 -> mutant[at] = (byte) " 0123456789.-+eE\"{}[],:\\/aZT\u007f\u0000".charAt(random.nextInt(30));
                case 1 -> mutant[at] = json[random.nextInt(json.length)];
                default -> System.arraycopy(json, at, mutant, random.nextInt(at + 1), Math.min(8, json.length - at));
            }
        }
        return mutant;
    }

    private static List<Example> examples(String kind) {
        try {
            var folder = MessageType.class
                    .getResource("/dev/sluice/schemas/examples/metric-event/" + kind)
                    .toURI();
            if (!folder.getScheme().equals("jar")) {
                return examples(Path.of(folder));
            }
            try (var jar = FileSystems.newFileSystem(folder, Map.of())) {
                return examples(jar.getPath("/dev/sluice/schemas/examples/metric-event/" + kind));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the schemas' examples cannot be read", e);
        }
    }

    private static List<Example> examples(Path folder) throws IOException {
        var examples = new ArrayList<Example>();
        try (var files = Files.list(folder)) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                examples.add(new Example(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return examples;
    }
}
