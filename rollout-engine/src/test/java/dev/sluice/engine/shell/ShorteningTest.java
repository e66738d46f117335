package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShorteningTest {
    private static final Map<String, Object> CHANGE = Map.of("step", 1);

    @Test
    void whatChangedGoesFirstThenErrorsThenWords() {
        // given
        var errors = IntStream.range(0, 5000)
                .mapToObj(i -> new Problem("/steps/" + i, "no such key", List.of("weight")))
                .toList();
        var whole = audit(errors, CHANGE);
        // when
        var first = (Audit) Shortening.of(whole);
        var second = (Audit) Shortening.of(first);
        var third = (Audit) Shortening.of(second);
        // then
        assertThat(first).isEqualTo(audit(errors, null));
        assertThat(second).isEqualTo(audit(errors.subList(0, 100), null));
        assertThat(third.errors())
                .hasSize(100)
                .allSatisfy(error -> assertThat(error.allowed()).isEmpty());
        assertThat(third.reason()).hasSize(1000);
        assertThat(Shortening.of(third)).isEqualTo(third);
    }

    @Test
    void whatHasNothingToLeaveOutStaysAsItIs() {
        assertThat(Shortening.of("an order")).isEqualTo("an order");
    }

    private static Audit audit(List<Problem> errors, Map<String, Object> change) {
        return new Audit(
                "a/1",
                "Rejected",
                "a",
                null,
                null,
                null,
                "tests",
                "x".repeat(5000),
                errors,
                change,
                change,
                Instant.EPOCH);
    }
}
