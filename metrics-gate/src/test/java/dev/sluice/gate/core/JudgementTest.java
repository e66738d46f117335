package dev.sluice.gate.core;

import static dev.sluice.gate.core.Bench.AT_ONCE;
import static dev.sluice.gate.core.Bench.AT_THE_END;
import static dev.sluice.gate.core.Bench.RUN;
import static dev.sluice.gate.core.Bench.RUN_AND_GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.Shop;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Selector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private final Bench bench = new Bench();
    private final Shop shop = Shop.named("shop/checkout");

    @Test
    @DisplayName("B12 a continuous query fails the run with the event that breaks the limit")
    void failsWithTheBreakingEvent() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_ONCE)));
        bench.measure(shop.requests("canary", "200", 1000), shop.requests("canary", "500", 10));
        assertThat(bench.verdicts()).isEmpty();

        // when
        bench.measure(shop.requests("canary", "503", 1));

        // then
        assertThat(bench.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.id()).isEqualTo("r-shop/checkout/prod/step-1/1/1");
            assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(verdict.time()).isEqualTo(Bench.START);
        });
    }

    @Test
    @DisplayName("B12 at the limit a run passes, above it fails")
    void passesAtTheLimit() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));

        // when
        bench.measure(shop.requests("canary", "200", 990), shop.requests("canary", "500", 10));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
    }

    @Test
    void anIntervalQueryIsJudgedAtTheEndOnly() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));

        // when
        bench.measure(shop.requests("canary", "500", 500));

        // then
        assertThat(bench.verdicts()).isEmpty();
        bench.passWithoutCompleteness(RUN_AND_GRACE);
        assertThat(bench.outcomes()).as("a fail waits for nobody").containsExactly(Outcome.FAIL);
    }

    @Test
    void aPassWaitsUntilAllEventsAreIn() {
        // given
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END)));
        bench.measure(shop.requests("canary", "200", 500));

        // when
        var needed = bench.passWithoutCompleteness(RUN_AND_GRACE);

        // then
        assertThat(needed).containsExactly(Bench.START.plus(RUN));
        assertThat(bench.verdicts()).isEmpty();
        bench.tell(new GateEvent.Complete(0, needed.getFirst()));
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
    }

    @Test
    void aDryRunIsShownAndDecidesNothing() {
        // given
        var tried = new Query("tried", AT_ONCE.asks(), new Rule.Limits(0.01, null), Evaluation.CONTINUOUS).tried();
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_THE_END, tried)));

        // when
        bench.measure(shop.requests("canary", "200", 985), shop.requests("canary", "500", 5));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.PASS);
        assertThat(bench.verdicts().getFirst().queries()).hasSize(2);
    }

    @Test
    void anEarlyFailNamesOnlyTheQueriesThatWereJudged() {
        // given
        var depth =
                Shop.query("depth", new Question.Max(Selector.of("queue_depth")), 10.0, null, 1, Evaluation.INTERVAL);
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, AT_ONCE, depth)));

        // when
        bench.measure(shop.requests("canary", "500", 500));

        // then
        assertThat(bench.verdicts().getFirst().queries())
                .singleElement()
                .extracting("name")
                .isEqualTo("error-rate");
    }

    @Test
    void anExpressionThatIsNoneIsAnError() {
        // given
        var broken = new Selector("http_requests", java.util.Map.of("code", "5(("));
        var query = Shop.query("broken", new Question.Ratio(broken, broken), 0.01, null, 1, Evaluation.INTERVAL);
        bench.open(shop.set(1, shop.analysis("step-1", bench.now(), RUN, 1, query)));

        // when
        bench.measure(shop.requests("canary", "200", 500));
        bench.pass(RUN_AND_GRACE);

        // then
        assertThat(bench.outcomes()).containsExactly(Outcome.ERROR);
        assertThat(bench.words()).contains("5((");
    }
}
