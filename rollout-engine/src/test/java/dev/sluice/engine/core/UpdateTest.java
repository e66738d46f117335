package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.route;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Selector;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UpdateTest {
    private static final Duration LONG = Duration.ofHours(1);

    private static Scenario pausing(Step... steps) {
        return new Scenario().start("r", plan(steps)).applied().applied();
    }

    @Test
    void replacesTheStepsThatHaveNotBegun() {
        // given
        var it = pausing(weight(10), pause(LONG), weight(100));

        // when
        it.update(plan(weight(10), pause(LONG), weight(30), pause(LONG), weight(100)));

        // then
        assertThat(it.status().steps()).isEqualTo(5);
        assertThat(it.messages(Topic.AUDIT, Audit.class))
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason())
                        .isEqualTo("updated (target prod: steps from 3 on (3 before, 5 now)) by alice"));
        it.later(LONG);
        assertThat(it.ordered()).isEqualTo(Weight.percent(30));
    }

    @Test
    void refusesAnotherStepThanHasBegun() {
        // given
        var it = pausing(weight(10), pause(LONG), weight(100));

        // when
        it.update(plan(weight(10), pause(Duration.ofHours(2)), weight(100)));

        // then
        assertThat(it.refusal()).startsWith("target prod: step 2 has begun, and the file has another one there");
        it.update(plan(weight(10)));
        assertThat(it.refusal()).startsWith("target prod: step 2 has begun");
        it.update(plan(weight(10), pause(LONG), weight(100)));
        assertThat(it.decided(Decision.Ignored.class).why().words()).contains("what it goes by already");
    }

    @Test
    void refusesOtherTargetsAndRoutes() {
        // given
        var it = pausing(weight(10), pause(LONG), weight(100));
        var same = target("prod", List.of(), weight(10), pause(LONG), weight(100));

        // when / then
        it.update(plan(same, target("staging", List.of(), weight(100))));
        assertThat(it.refusal()).startsWith("the file has the targets [prod, staging], and the rollout [prod]");
        it.update(plan(with(same, route -> route("prod", OnPromoted.HANDBACK, Ownership.OWN))));
        assertThat(it.refusal()).startsWith("target prod: other routes, or the same with other settings");
        it.update(plan(Plans.twoRoutes("prod", weight(10), pause(LONG), weight(100))));
        assertThat(it.refusal()).startsWith("target prod: other routes");
    }

    @Test
    void refusesToChangeATargetThatIsOver() {
        // given
        var staging = target("staging", List.of(), weight(100));
        var prod = target("prod", List.of("staging"), weight(10), pause(LONG), weight(100));
        var it = new Scenario().start("r", plan(staging, prod));
        it.applied().applied().applied();
        assertThat(it.target("staging").position().phase()).isEqualTo(Phase.PROMOTED);

        // when
        it.update(plan(target("staging", List.of(), weight(50), weight(100)), prod));

        // then
        assertThat(it.refusal()).startsWith("target staging: it is Promoted, and the file changes its steps from 1 on");
        it.update(plan(staging, target("prod", List.of("staging"), weight(20), weight(100))));
        assertThat(it.hasDecided(Decision.Updated.class))
                .as("none of its steps has begun")
                .isTrue();
    }

    @Test
    void aTargetThatHasNotBegunTakesAnythingButOtherRoutes() {
        // given
        var it = new Scenario()
                .start(
                        "r",
                        plan(
                                target("staging", List.of(), weight(100)),
                                target("prod", List.of("staging"), weight(100))));

        // when
        it.update(plan(target("staging", List.of(), weight(100)), target("prod", List.of(), weight(50), weight(100))));

        // then
        assertThat(it.phase()).as("depends on nothing any more").isEqualTo(Phase.PROGRESSING);
    }

    @Test
    @DisplayName("B29: how long the active backend has to be empty was asked with the first order")
    void refusesAnotherTimeToSettleWhileItBegins() {
        // given
        var steps = target("prod", List.of(), weight(10), pause(LONG), weight(100));
        var it = new Scenario().start("r", plan(steps));

        // when
        it.update(plan(Plans.settling(steps, Duration.ofMinutes(1))));

        // then
        assertThat(it.refusal()).startsWith("target prod: another settle has to wait until its first step has begun");
        it.applied().update(plan(Plans.settling(steps, Duration.ofMinutes(1))));
        assertThat(it.hasDecided(Decision.Updated.class)).isTrue();
    }

    @Test
    void refusesToChangeWhatIsWaitedForAfterTheDeployment() {
        // given
        var steps = target("prod", List.of(), weight(100));
        var it = new Scenario().start("r", plan(Plans.around(steps, List.of(), List.of(Plans.approval("sre")))));
        it.applied();
        it.update(plan(Plans.around(steps, List.of(), List.of(Plans.approval()))));
        assertThat(it.hasDecided(Decision.Updated.class)).isTrue();
        it.applied().applied();

        // when
        it.update(plan(Plans.around(steps, List.of(), List.of(Plans.approval("sre")))));

        // then
        assertThat(it.refusal()).startsWith("target prod: afterDeployment has begun, and the file has another one");
    }

    @Test
    void newLimitsCountAtOnce() {
        // given
        var steps = target("prod", List.of(), weight(10), pause(LONG), weight(100));
        var it = new Scenario()
                .start("r", plan(background(steps, spec(0, 3, 0, OnInconclusive.PAUSE))))
                .applied()
                .applied();
        it.verdict("r/prod/background/1", 1, Outcome.FAIL).verdict("r/prod/background/1", 2, Outcome.FAIL);
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);

        // when
        it.update(plan(background(steps, spec(0, 1, 0, OnInconclusive.PAUSE))));

        // then
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.status().reason()).contains("2 runs failed, 1 allowed");
    }

    @Test
    void anAnalysisThatAsksSomethingElseBeginsAnew() {
        // given
        var steps = target("prod", List.of(), weight(10), pause(LONG), weight(100));
        var before = spec(0, 3, 0, OnInconclusive.PAUSE);
        var it = new Scenario()
                .start("r", plan(background(steps, before)))
                .applied()
                .applied();

        // when / then
        it.update(plan(background(steps, Plans.sliding(before))));
        assertThat(it.target("prod").judging().background().id()).isEqualTo("r/prod/background/2");
        it.update(plan(steps));
        assertThat(it.target("prod").judging().background()).isNull();
        it.update(plan(background(steps, before)));
        assertThat(it.target("prod").judging().background().id()).isEqualTo("r/prod/background/3");
    }

    @Test
    void refusesAFileThatIsWrong() {
        // given
        var it = pausing(weight(10), pause(LONG), weight(100));
        var problems = List.of(new Problem("/targets", "is empty"));
        var update = Scenario.command(CommandType.UPDATE, "u-1", "alice", List.of(), null, null, false);

        // when
        it.tell(new Event.CommandReceived(it.now, it.now, update, false, new RolloutFileReader.Read.Invalid(problems)));

        // then
        assertThat(it.decided(Decision.Rejected.class).errors()).isEqualTo(problems);
    }

    @Test
    void refusesOneTargetAlone() {
        // given
        var it = pausing(weight(10), analysis(1, 0, 0), weight(100));
        var update = Scenario.command(CommandType.UPDATE, "u-1", "alice", List.of(), "prod", null, false);
        var file = new RolloutFileReader.Read.Valid(plan(weight(10)));

        // when
        it.tell(new Event.CommandReceived(it.now, it.now, update, false, file));

        // then
        assertThat(it.refusal()).contains("leave `target` out");
    }

    @Test
    void doesNotWaitForTheFirstVerdictOfWhatTheFileAsksNoMore() {
        // given
        var it = Places.all().get("first-verdict").get();
        var before = it.target("prod").judging().background().id();

        // when
        it.update(plan(background(
                target("prod", List.of(), weight(100)),
                new AnalysisSpec(
                        Duration.ofSeconds(30),
                        0,
                        List.of(new Query(
                                "another",
                                new Question.Mean(Selector.of("errors")),
                                new Rule.Limits(0.01, null),
                                Query.Evaluation.CONTINUOUS)),
                        0,
                        0,
                        OnInconclusive.PAUSE,
                        Duration.ZERO,
                        Duration.ZERO,
                        AnalysisSpec.Lookback.SLIDING,
                        1))));

        // then
        var now = it.target("prod").judging().background();
        assertThat(now.id()).isNotEqualTo(before);
        assertThat(it.verdict(now.id(), 1, Verdict.Outcome.PASS, "another").phase())
                .isEqualTo(Phase.PROGRESSING);
        assertThat(it.applied().phase()).isEqualTo(Phase.PROMOTED);
    }
}
