package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the gate says of its questions is passed on to whoever reads status and audit. */
class AskedTest {
    private static final String STEP = "r/prod/step-2/1";
    private static final String TEXT = "http_requests{status=~\"5..\"} / http_requests of 1.4.3";
    private static final Verdict.Detectable FOUND = new Verdict.Detectable(0.0126, 0.8);

    @Test
    void standsInTheStatusWithWhatWouldHaveBeenFoundByNow() {
        // given
        var it = analysing();

        // when
        judge(it, Outcome.PASS);

        // then
        var query = it.messages(Topic.STATUS, Status.class)
                .getLast()
                .analysis()
                .queries()
                .getFirst();
        assertThat(query.asked()).isEqualTo(TEXT);
        assertThat(query.detectable()).isEqualTo(FOUND);
    }

    @Test
    void standsInTheAuditOfARunThatDidNotPass() {
        // given
        var it = analysing();

        // when
        judge(it, Outcome.FAIL);

        // then
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .filteredOn(told -> told.decision().equals("RunJudged"))
                .singleElement()
                .satisfies(told -> assertThat(told.after()).containsEntry("asked", Map.of("error-rate", TEXT)));
    }

    @Test
    void isNotRepeatedByEveryRunThatPassed() {
        // given
        var it = analysing();

        // when
        judge(it, Outcome.PASS);

        // then
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .filteredOn(told -> told.decision().equals("RunJudged"))
                .singleElement()
                .satisfies(told -> assertThat(told.after()).doesNotContainKey("asked"));
    }

    private static Scenario analysing() {
        return new Scenario()
                .start("r", plan(target("prod", List.of(), weight(10), analysis(3, 1, 1), weight(100))))
                .applied()
                .applied();
    }

    private static void judge(Scenario it, Outcome outcome) {
        var result = new Verdict.QueryResult(
                "error-rate", outcome, 0.02, 0.001, null, null, null, null, "5xx 2 %", TEXT, FOUND, false, false);
        it.tell(new Event.VerdictReceived(
                it.now,
                new Verdict(
                        STEP + "/1", "r", "shop/checkout", "prod", STEP, 1, outcome, null, List.of(result), it.now)));
    }
}
