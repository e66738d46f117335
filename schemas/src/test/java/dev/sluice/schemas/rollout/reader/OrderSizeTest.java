package dev.sluice.schemas.rollout.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OrderSizeTest {
    /** As long as one may be; each of its letters takes six bytes of JSON. */
    private static final String VALUE = "\\x01".repeat(1024);

    private final RolloutFileReader reader = new RolloutFileReader();

    @Test
    @DisplayName(
            "B25 a match whose orders would exceed their topic's limit is refused where it stands, saying how much they may have")
    void refusesAMatchThatNoOrderCanCarry() {
        // when
        var problems = problems(file(match("x", 43), "none"));

        // then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/strategies/matching/canary/steps/0/setMatch");
            assertThat(problem.message())
                    .contains("prod/shop/httproutes.gateway.networking.k8s.io/checkout")
                    .contains("target prod")
                    .contains("at most " + Topic.WEIGHTS.maxBytes());
        });
    }

    @Test
    @DisplayName("a match that an order can carry is none too many, also where several together could not be carried")
    void takesWhatFits() {
        // then
        assertThat(problems(file(match("x", 41), match("y", 41)))).isEmpty();
    }

    private List<Problem> problems(String file) {
        return switch (reader.read(file, Overrides.NONE)) {
            case Read.Valid valid -> List.of();
            case Read.Invalid invalid -> invalid.problems();
        };
    }

    private static String file(String first, String next) {
        return """
                version: v1
                application: shop/checkout
                targets:
                  prod: {cluster: prod, namespace: shop, strategy: matching}
                  staging: {cluster: st, namespace: shop, strategy: matching}
                strategies:
                  matching:
                    canary:
                      steps:
                        - setMatch: %s
                        - pause: {duration: 5, unit: minutes}
                        - setMatch: %s
                        - setWeight: {weight: 50}
                trafficManagement:
                  - gatewayApi: [{route: {name: checkout}, activeService: checkout, canaryService: checkout-canary}]
                """.formatted(first, next);
    }

    private static String match(String prefix, int headers) {
        var set = IntStream.range(0, headers)
                .mapToObj(i -> prefix + "-" + i + ": \"" + VALUE + "\"")
                .collect(Collectors.joining(", "));
        return "{headers: [{name: x-beta, exact: \"1\"}], setHeaders: {%s}}".formatted(set);
    }
}
