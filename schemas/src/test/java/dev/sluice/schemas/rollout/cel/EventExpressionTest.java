package dev.sluice.schemas.rollout.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.rollout.cel.EventExpression.Undefined;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventExpressionTest {
    private static final Map<String, Object> BODY = Map.of(
            "ref",
            "refs/tags/v1.4.2",
            "deleted",
            false,
            "id",
            7,
            "repository",
            Map.of("full_name", "shop/checkout"),
            "commits",
            Arrays.asList(Map.of("id", "a"), null));
    private static final Map<String, String> HEADERS = Map.of("x-github-event", "push");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "body.ref.startsWith('refs/tags/')| true",
                "headers['x-github-event'] == 'push' && !body.deleted| true",
                "has(body.release)| false",
                "body.commits.exists(c, c != null && c.id == 'a')| true",
                "body.id > 7.5| false",
            })
    void isTrueOrNot(String text, boolean holds) throws Undefined {
        assertThat(EventExpression.truth(text).holds(BODY, HEADERS)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "body.ref.substring(10), v1.4.2",
        "body.ref.substring(body.ref.lastIndexOf('/')), /v1.4.2",
        "body.repository.full_name, shop/checkout",
        "body.id, 7",
    })
    void standsForAText(String text, String said) throws Undefined {
        assertThat(EventExpression.text(text).said(BODY, HEADERS)).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"body.nothing", "body.repository", "body.ref.substring(99)"})
    void whatIsNotThereIsSaid(String text) {
        assertThatThrownBy(() -> EventExpression.text(text).said(BODY, HEADERS))
                .isInstanceOf(Undefined.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body.ref +",
                "body.ref + body.ref == ''",
                "other == 1",
                "body.ref.replace('a', 'b') == ''",
                "'text'"
            })
    void whatIsNoTruthOrMayGrowIsRefused(String text) {
        assertThatThrownBy(() -> EventExpression.truth(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsAndMapsOfAnyDepthAreTaken() throws Undefined {
        assertThat(EventExpression.truth("body[0].a[1] == 2").holds(List.of(Map.of("a", List.of(1, 2))), HEADERS))
                .isTrue();
    }
}
