package dev.sluice.schemas.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.StrictJson;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Line 13: what is wrong with a file is told in little, however much is wrong with it")
class HostileFileTest {
    private static final int MOST_BYTES = 100_000;
    private static final String LONG = "k".repeat(100_000);

    private final RolloutFileReader reader = new RolloutFileReader();

    static Stream<String> megabytes() {
        return Stream.of(
                object(50_000, i -> "\"unknown-" + i + "\":1"),
                object(9, i -> "\"" + LONG + i + "\":1"),
                object(900, i -> "\"" + "~/".repeat(400) + i + "\":1"),
                "{\"targets\":" + object(20_000, i -> "\"target-" + i + "\":{\"no\":1}") + "}",
                "{\"version\":\"v1\",\"kind\":\"kubernetes\",\"application\":\"a\",\"targets\":{},\"strategies\":"
                        + object(
                                90,
                                i -> "\"s" + i + "\":{\"canary\":{\"steps\":[{\"pause\":{\"" + LONG.substring(0, 5_000)
                                        + "\":1}}]}}")
                        + "}",
                "{\"trafficManagement\":[" + "{},".repeat(200_000) + "{}]}",
                "[".repeat(900) + "]".repeat(900));
    }

    private static String object(int entries, IntFunction<String> entry) {
        return IntStream.range(0, entries).mapToObj(entry).collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @MethodSource("megabytes")
    void answersInLittle(String file) throws JsonProcessingException {
        // when
        var problems = problems(file);

        // then
        assertThat(problems).isNotEmpty().hasSizeLessThanOrEqualTo(Problem.MOST + 1);
        assertThat(Json.mapper().writeValueAsBytes(problems).length).isLessThan(MOST_BYTES);
    }

    @Test
    @DisplayName("Line 13: a list of names that may be used is told in part, where the names are the sender's")
    void tellsAFewOfManyNames() throws JsonProcessingException {
        // given
        var file = """
                {"version": "v1", "kind": "kubernetes", "application": "shop/checkout",
                "trafficManagement": [{"smi": [{"rootServiceName": "checkout"}]}], "targets": %s, "strategies": %s}
                """.formatted(
                object(150, i -> "\"t" + i + "\":{\"cluster\":\"c\",\"namespace\":\"n\",\"strategy\":\"no" + i + "\"}"),
                object(
                        60,
                        i -> "\"" + "s".repeat(60) + i
                                + "\":{\"canary\":{\"steps\":[{\"setWeight\":{\"weight\":25}}]}}"));

        // when
        var problems = problems(file);

        // then
        assertThat(problems).hasSize(Problem.MOST + 1);
        assertThat(problems).anySatisfy(problem -> assertThat(problem.allowed()).endsWith("…"));
        assertThat(Json.mapper().writeValueAsBytes(problems).length).isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {198, 199, 200, 298, 299, 300})
    @DisplayName("Line 13: what is cut short never ends in half a character, which no reader takes")
    void cutsBetweenCharacters(int before) {
        // given
        var name = "x".repeat(before) + "😀".repeat(400);

        // then
        for (var file : List.of(
                "{\"" + name + "\":1}",
                "{\"targets\":{\"" + name + "\":{\"no\":1}}}",
                "{\"context\":{\"" + name + "\":{\"no\":[1]}}}")) {
            assertThatCode(() -> StrictJson.parse(Json.mapper().writeValueAsBytes(problems(file))))
                    .as(file.substring(0, 20))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void saysThatThereAreMore() {
        assertThat(problems(object(150, i -> "\"unknown-" + i + "\":1"))
                        .getLast()
                        .message())
                .contains("more than 100 problems");
        assertThat(problems(object(50_000, i -> "\"unknown-" + i + "\":1")))
                .last()
                .satisfies(problem -> assertThat(problem.message()).contains("there may be more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ms", "999ms", "PT0.5S", "0s"})
    @DisplayName("Line 13: a run is at least a second long")
    void refusesShortIntervals(String interval) {
        // given
        var file = """
                version: v1
                kind: kubernetes
                application: shop/checkout
                targets: {prod: {cluster: prod, namespace: shop, strategy: s}}
                strategies: {s: {canary: {steps: [{analysis: {interval: %s, queries: [q]}}]}}}
                analysis: {queries: [{name: q, mean: {metric: m}, upperLimit: 1}]}
                trafficManagement: [{smi: [{rootServiceName: checkout}]}]
                """;

        // then
        assertThat(problems(file.formatted(interval)))
                .anySatisfy(problem -> assertThat(problem.message()).contains("at least 1 s"));
        assertThat(reader.read(file.formatted("1s"), Overrides.NONE)).isInstanceOf(Read.Valid.class);
    }

    private List<Problem> problems(String file) {
        return ((Read.Invalid) reader.read(file, Overrides.NONE)).problems();
    }
}
