package dev.sluice.applier.preflight;

import static dev.sluice.applier.preflight.Look.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.Finding.Severity;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckTest {

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertThat(Look.atBegin().findings()).isEmpty();
    }

    @Test
    void putsErrorsFirst() {
        assertThat(Look.atBegin()
                        .ready(CANARY)
                        .missing(CANARY)
                        .unread("policies (403)")
                        .denied("split.smi-spec.io", "trafficsplits", "watch", "get")
                        .findings())
                .extracting(Finding::code)
                .containsExactly(
                        Code.SERVICE_MISSING,
                        Code.RIGHT_MISSING,
                        Code.NO_ENDPOINTS,
                        Code.RIGHT_MISSING,
                        Code.NOT_LOOKED_AT);
    }

    @Test
    void isBoundedWhateverItFinds() {
        // given
        var many = IntStream.range(0, 500)
                .mapToObj(number -> Finding.warning(Code.NOT_LOOKED_AT, number + " " + "x".repeat(5000)));

        // when
        var shown = Check.shown(java.util.stream.Stream.concat(
                many, java.util.stream.Stream.of(Finding.error(Code.LIVE_TRAFFIC, "last"))));

        // then
        assertThat(shown).hasSize(100).allMatch(finding -> finding.message().length() <= 2048);
        assertThat(shown.getFirst().severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    @DisplayName("B30 a named workload that isn't there is a warning: until it is, nothing is raised")
    void tellsMissingWorkloads() {
        assertThat(Look.at(TestOrder.begins().namingWorkloads())
                        .withoutCanaryWorkload()
                        .findings())
                .containsExactly(Finding.warning(
                        Code.OBJECT_MISSING,
                        "Deployment shop/checkout-canary isn't there: create it, or correct the name"));
    }
}
