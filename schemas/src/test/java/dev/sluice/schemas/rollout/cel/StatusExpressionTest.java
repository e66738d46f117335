package dev.sluice.schemas.rollout.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.schemas.Examples;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.rollout.cel.StatusExpression.Result;
import dev.sluice.schemas.rollout.cel.StatusExpression.Result.Truth;
import dev.sluice.schemas.rollout.cel.StatusExpression.Result.Undefined;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusExpressionTest {
    private static final Status AWAITING = example("awaiting-approval");
    private static final Status ANALYZING = example("analyzing");

    private static Status example(String name) {
        return Examples.valid("status").stream()
                .filter(example -> example.path().endsWith("/" + name + ".json"))
                .findFirst()
                .map(example -> read(example.utf8()))
                .orElseThrow();
    }

    private static Status read(byte[] json) {
        try {
            return Json.mapper().readValue(json, Status.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result of(String expression) {
        return StatusExpression.of(expression).of(AWAITING, ANALYZING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status.phase == 'AwaitingApproval'",
                "status.phase != before.phase",
                "status.weight.desired >= 25",
                "status.weight.observed < 24.7",
                "status.analysis == null",
                "status.links == null",
                "status.waitingFor.roles.exists(role, role == 'sre')",
                "status.application.startsWith('shop/')",
                "before.analysis.queries.all(query, query.outcome == 'Pass')",
                "has(status.waitingFor.approvals) && !status.degraded",
                "status.updatedAt >= before.updatedAt"
            })
    void knowsAllOfAStatusAndOfTheOneBefore(String expression) {
        assertThat(of(expression)).isEqualTo(new Truth(true));
        assertThat(of("!(" + expression + ")")).isEqualTo(new Truth(false));
    }

    @Test
    void allIsNullWhereNothingCameBefore() {
        // given
        var changed = StatusExpression.of("before.phase != status.phase && before.weight == null");

        // when / then
        assertThat(changed.of(AWAITING, null)).isEqualTo(new Truth(true));
    }

    @Test
    void saysWhyItCannotBeWorkedOut() {
        // when
        var undefined = of("status.analysis.run > 2");

        // then
        assertThat(undefined).isInstanceOf(Undefined.class);
        assertThat(((Undefined) undefined).reason()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status",
                "status.phase ==",
                "weather == 'bad'",
                "status.phaze == 'Paused'",
                "before.was == 1",
                "status.phase + 'x' == 'y'",
                "[1, 2].map(n, n * 2).exists(n, n == 4)"
            })
    void refusesWhatNeverHolds(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StatusExpression.of(expression))
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }

    @Test
    void isBounded() {
        // given
        var tooLong = "status.phase == '" + "x".repeat(StatusExpression.LONGEST) + "'";

        // when / then
        assertThatIllegalArgumentException().isThrownBy(() -> StatusExpression.of(tooLong));
    }
}
