package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.around;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.inProgress;
import static dev.sluice.engine.core.Plans.lockstep;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.postgres.StateForm;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.window.Invoker;
import dev.sluice.schemas.rollout.window.Window;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database gives back is what was stored, at every stage of a rollout. */
class StoredStateTest {
    @Test
    void comesBackFromJsonAsItWas() throws JsonProcessingException {
        // given
        var steps = background(
                target("prod", List.of(), weight(10), pause(Duration.ofMinutes(1)), analysis(2, 0, 0), approval("sre")),
                spec(0, 1, 1, OnInconclusive.PAUSE));
        var it = new Scenario();

        // when, then
        isStoredWhole(it.state);
        isStoredWhole(it.start("r", plan(steps)).state);
        isStoredWhole(it.applied().state);
        isStoredWhole(it.applied().state);
        isStoredWhole(it.later(Duration.ofMinutes(1)).state);
        isStoredWhole(it.verdict("r/prod/step-3/1", 2, Outcome.PASS).state);
        isStoredWhole(it.say(CommandType.PAUSE).state);
        isStoredWhole(it.say(CommandType.ABORT).state);
        isStoredWhole(it.applied().state);
    }

    @Test
    @DisplayName("B36: so does one whose raise waits for its share of the requests")
    void comesBackWhileARaiseWaits() throws JsonProcessingException {
        // given
        var off = new Verdict.Share(4, 3, 5);
        var it = new Scenario()
                .start("r", plan(weight(10), analysis(2, 0, 0), weight(100)))
                .applied()
                .applied();

        // when
        it.share("r/prod/step-2/1", 1, off).share("r/prod/step-2/1", 2, off);

        // then
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        isStoredWhole(it.state);
        isStoredWhole(it.say(CommandType.RESUME).state);
    }

    @Test
    @DisplayName("B24: so does one that waits for a freeze within windows, and what keeps the freezes")
    void comesBackWhileItIsFrozen() throws JsonProcessingException {
        // given
        var freeze = new Freeze("xmas", Map.of("team", "a"), "bob", "holidays", Scenario.START, null);
        var windows = List.<Window>of(
                new Window.Allow("0 9 * * *", Duration.ofHours(9), ZoneId.of("Europe/Berlin"), List.of()),
                new Window.Freeze(Scenario.START.minusSeconds(9), Scenario.START, "over", List.of(Invoker.PEOPLE)));
        var targets = plan(weight(10), weight(100)).targets();
        var it = new Scenario();
        it.surroundings = new Surroundings(List.of(freeze), Set.of());

        // when
        it.start(new RolloutPlan(
                        "shop/checkout", Map.of("team", "a"), targets, false, List.of(), InProgress.REJECT, windows))
                .applied();

        // then
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        isStoredWhole(it.state);
        isStoredWhole(it.state.with(it.state.rollout().overriding("prod")));
        isStoredWhole(State.empty(Freeze.APPLICATION).frozen(List.of(freeze)));
    }

    @Test
    @DisplayName("B22: so does one whose starter nobody has proven")
    void comesBackWithWhatIsKnownOfItsStarter() throws JsonProcessingException {
        // given
        var it = new Scenario();
        it.entrance = new Entrance("rollout.commands", false, true, null);

        // when
        it.start("r", plan(weight(10), approval(), weight(100)));

        // then
        assertThat(it.state.rollout().origin().unproven()).isTrue();
        isStoredWhole(it.state);
    }

    @Test
    @DisplayName("B22: so does one that waits for people, and what they have said so far")
    void comesBackWhilePeopleAreWaitedFor() throws JsonProcessingException {
        // given
        for (var place : List.of("approving", "judging", "judging-beside", "held-by-judgement")) {
            var it = Places.all().get(place).get();

            // when, then
            isStoredWhole(it.state);
            isStoredWhole(it.say(CommandType.APPROVE, "alice", List.of("sre"), null, null, false).state);
        }
        var both = new Scenario()
                .start("r", plan(weight(10), Plans.approval(2, true), weight(100)))
                .applied()
                .applied();
        isStoredWhole(both.say(CommandType.APPROVE).state);
        isStoredWhole(both.update(plan(weight(10), Plans.approval(2, true), weight(50), weight(100))).state);
    }

    @Test
    @DisplayName(
            "B03, B31, B47: so does one with a start that waits, workloads that were seen and a revision that is held")
    void comesBackWithWhatIsBesideTheRollout() throws JsonProcessingException {
        // given
        var waits = inProgress(InProgress.ENQUEUE_ONE, plan(weight(10), pause(Duration.ofMinutes(1)), approval("sre")));
        var it = new Scenario()
                .start("r-1", plan(weight(10), approval(), weight(100)))
                .applied()
                .running(WeightReport.Outcome.APPLIED, "1.4.1", "1.4.2");

        // when, then
        isStoredWhole(it.state);
        isStoredWhole(it.later(Duration.ofSeconds(1)).start("r-2", "1.4.3", true, waits).state);
        isStoredWhole(
                it.say(CommandType.ABORT, "alice", List.of(), null, new Command.Expect("r-1", null), false).state);
        isStoredWhole(it.applied().state);
        isStoredWhole(it.applied().applied().state);
        assertThat(it.state.rollout().id()).isEqualTo("r-2");
        assertThat(it.state.held().revisions()).hasSize(1);
    }

    @Test
    @DisplayName("B21: so does one in lockstep, with what has to pass before and after, and one that is undone")
    void comesBackWithWhatTargetsHaveInCommon() throws JsonProcessingException {
        // given
        var before = List.of(approval("sre"));
        var us = around(target("us", List.of(), weight(100)), before, List.of(analysis(1, 0, 0)));
        var it = new Scenario().start("r-1", lockstep(List.of("us", "eu"), us, target("eu", List.of(), weight(100))));

        // when, then
        isStoredWhole(it.state);
        isStoredWhole(it.applied().state);
        isStoredWhole(it.say(CommandType.APPROVE, "alice", List.of("sre"), null, null, false).state);
        isStoredWhole(it.applied().applied().applied().state);
        isStoredWhole(it.later(Duration.ofHours(1)).state);
        isStoredWhole(it.say(CommandType.UNDO).state);
    }

    @Test
    @DisplayName("B42: what 0.1.0 stored in the middle of a rollout is read, and goes on")
    void readsWhatEarlierVersionsStored() throws IOException {
        // given
        var it = new Scenario();
        try (var stored = StoredStateTest.class.getResourceAsStream("/stored/0.1.0.json")) {
            var state = new String(stored.readAllBytes(), StandardCharsets.UTF_8);
            it.state = new StateForm().decode("shop/checkout", new StateForm.Stored(state, 1, null, null), Set.of());
        }

        // when
        it.now = Scenario.START.plus(Duration.ofMinutes(2));
        it.say(CommandType.ABORT);

        // then
        assertThat(it.status().generation()).isEqualTo(Scenario.START.toEpochMilli());
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.target("prod").judging().background()).isNull();
    }

    @ParameterizedTest
    @DisplayName("B42: what form 2 held is read at every stage, and goes on to its end")
    @ValueSource(
            strings = {
                "beginning",
                "moving",
                "pausing",
                "analyzing",
                "approving",
                "holding",
                "awaiting-verdict",
                "completing",
                "rolling-back",
                "promoted"
            })
    void readsForm2(String name) throws IOException {
        // given
        var it = stored("form-2/" + name);
        var phase = it.phase();

        // when
        if (!phase.isFinal()) {
            // what is on its way back already is ordered back again by force alone
            it.say(CommandType.ABORT, "alice", List.of(), null, null, true).applied();
        }

        // then
        assertThat(it.phase()).isEqualTo(phase.isFinal() ? phase : Phase.ROLLED_BACK);
        isStoredWhole(it.state);
    }

    @Test
    @DisplayName("B42: what form 3 held within, such as the plan of a start that waits, is read, and goes on")
    void readsForm3() throws IOException {
        // given
        var waits = stored("form-3/queued");
        var promoted = stored("form-3/promoted");
        isStoredWhole(waits.state);
        isStoredWhole(promoted.state);

        // when
        waits.say(CommandType.ABORT, "alice", List.of(), null, new Command.Expect("r-1", null), false)
                .applied();
        promoted.say(CommandType.UNDO);

        // then
        assertThat(waits.state.rollout().id()).isEqualTo("r-2");
        assertThat(waits.target("prod").plan().steps()).hasSize(3);
        assertThat(promoted.state.rollout().isUndo()).isTrue();
    }

    @Test
    @DisplayName("B42: a rollout that form 3 saw on the other backend after a promotion stands in the way of its undo")
    void readsForm3WithWhoFollowedAPromotion() throws IOException {
        // given
        var it = stored("form-3/rolled-back-since");

        // when
        it.say(CommandType.UNDO);

        // then
        assertThat(it.refusal()).contains("rollout r-3 of 1.4.3 was on the other backend of target prod since");
        isStoredWhole(it.state);
        it.say(CommandType.UNDO, "alice", List.of(), null, null, true);
        assertThat(it.state.rollout().isUndo()).isTrue();
    }

    private static Scenario stored(String name) throws IOException {
        var it = new Scenario();
        try (var in = StoredStateTest.class.getResourceAsStream("/stored/" + name + ".json")) {
            var file = Json.mapper().readTree(in);
            var stored = new StateForm.Stored(
                    file.get("state").toString(),
                    file.get("format").asInt(),
                    file.get("planId").asText(),
                    file.get("plan").toString());
            var routes = Json.mapper().convertValue(file.get("routes"), new TypeReference<Map<String, RouteRow>>() {});
            it.state = new StateForm().decode("shop/checkout", stored, Set.of()).withRoutes(routes);
            it.now = Scenario.START.plus(Duration.ofMinutes(5));
        }
        return it;
    }

    @Test
    @DisplayName("B42: what is only observed is of a form that no earlier version goes on with, and nothing else is")
    void whatIsOnlyObservedIsLeftAloneByEarlierVersions() throws JsonProcessingException {
        // given
        var plan = plan(weight(10), analysis(1, 0, 0), weight(100));
        var observed = new Scenario().start("r", plan.observing()).seen(10);
        observed.verdict("r/prod/step-2/1", 1, Verdict.Outcome.FAIL).seen(100);
        var decided = new Scenario().start("r", plan).applied();

        // then
        assertThat(new StateForm().encode(observed.state.withRoutes(Map.of())).format())
                .isEqualTo(5);
        assertThat(new StateForm().encode(decided.state.withRoutes(Map.of())).format())
                .isEqualTo(4);
        isStoredWhole(observed.state);
        isStoredApart(observed.told(CommandType.PROMOTE).state);
        assertThat(new StateForm().encode(observed.state.withRoutes(Map.of())).format())
                .isEqualTo(4);
        assertThat(new StateForm().encode(decided.state.withRoutes(Map.of())).state())
                .doesNotContain("observes", "watched");
    }

    @Test
    @DisplayName("B42: an earlier version reads what was observed once it is over, and retries nothing of it")
    void whatWasObservedIsReadByEarlierVersions() throws JsonProcessingException {
        // given
        var plan = plan(weight(10), weight(100));
        var it = new Scenario().start("r", plan.observing()).seen(10).seen(0).told(CommandType.ABORT);
        var stored = new StateForm().encode(it.state.withRoutes(Map.of()));

        // when
        var tree = Json.mapper().readTree(stored.state());
        Stream.of("observes", "watched")
                .forEach(name -> tree.findParents(name).forEach(part -> ((ObjectNode) part).remove(name)));
        var earlier = new StateForm.Stored(tree.toString(), stored.format(), stored.planId(), stored.plan());
        it.state = new StateForm().decode("shop/checkout", earlier, Set.of());

        // then
        assertThat(it.state.rollout().isObserving()).isFalse();
        assertThat(it.target("prod").watched()).isNull();
        assertThat(it.say(CommandType.RETRY).refusal()).contains("start the file again");
        assertThat(it.orders).isEmpty();
    }

    @Test
    void whatChangesWithEveryEventHoldsNothingOfThePlan() {
        // given
        var steps = background(
                target("prod", List.of(), weight(10), analysis(2, 0, 0), approval("sre")),
                spec(0, 1, 1, OnInconclusive.PAUSE));
        var it = new Scenario().start("r", plan(steps)).applied().applied();

        // when
        var stored = new StateForm().encode(it.state.withRoutes(Map.of()));

        // then
        assertThat(it.target("prod").judging().open()).hasSize(2);
        assertThat(stored.plan()).contains("minimumSamples", "rootServiceName", "requiresRoles");
        assertThat(stored.state()).doesNotContain("minimumSamples", "rootServiceName", "requiresRoles");
    }

    @Test
    @DisplayName("B03: nor of the plan of a start that waits, nor of what may be gone back to")
    void whatWaitsAndWhatIsPastStandApartToo() throws JsonProcessingException {
        // given
        var both = plan(target("prod", List.of(), weight(100)), target("eu", List.of(), weight(100)));
        var it = new Scenario().start("r-1", both).applied().applied().applied().later(Duration.ofSeconds(1));
        it.start("r-2", plan(weight(10), approval("sre"), weight(100)))
                .applied()
                .applied()
                .later(Duration.ofSeconds(1));
        it.start("r-3", "1.4.3", false, inProgress(InProgress.ENQUEUE_ONE, plan(weight(10), approval("boss"))));
        assertThat(it.state.former().names()).containsExactly("eu");
        var form = new StateForm();

        // when
        var first = form.encode(it.state.withRoutes(Map.of()));

        // then
        assertThat(first.plan()).contains("requiresRoles\":[\"sre", "requiresRoles\":[\"boss", "eu/shop/trafficsplits");
        assertThat(first.state()).doesNotContain("boss", "rootServiceName", "enqueueOne");
        isStoredWhole(it.state);
        form.stored(it.state, first);
        it.say(CommandType.PAUSE);
        assertThat(form.encode(it.state.withRoutes(Map.of())).plan()).isNull();
        it.say(CommandType.ABORT, "alice", List.of(), null, new Command.Expect("r-2", null), false)
                .applied();
        assertThat(it.state.rollout().id()).isEqualTo("r-3");
        assertThat(form.encode(it.state.withRoutes(Map.of())).plan()).isNotNull();
        isStoredWhole(it.state);
    }

    @Test
    void aPlanThatIsStoredIsNotSentAgain() {
        // given
        var form = new StateForm();
        var it = new Scenario().start("r", plan(target("prod", List.of(), weight(10), approval("sre"))));
        var first = form.encode(it.state.withRoutes(Map.of()));
        form.stored(it.state, first);
        it.applied();

        // when
        var second = form.encode(it.state.withRoutes(Map.of()));

        // then
        assertThat(first.plan()).isNotNull();
        assertThat(second.plan()).isNull();
        assertThat(second.planId()).isEqualTo(first.planId());
    }

    @Test
    void aPlanThatChangesIsStoredAnewAndWhatAnEarlierOneOpenedIsKept() {
        // given
        var it = new Scenario()
                .start("r", plan(target("prod", List.of(), analysis(2, 0, 0), approval("sre"))))
                .applied();
        var before = new StateForm().encode(it.state.withRoutes(Map.of()));

        // when
        it.state = it.state.with(it.state
                .rollout()
                .change("prod", run -> run.with(run.plan().with(List.of(weight(7)), null))));
        var after = new StateForm().encode(it.state.withRoutes(Map.of()));

        // then
        assertThat(after.planId()).isNotEqualTo(before.planId());
        var read = new StateForm().decode("shop/checkout", after, Set.of());
        assertThat(read.withRoutes(it.state.routes())).isEqualTo(it.state);
    }

    private static void isStoredWhole(State state) throws JsonProcessingException {
        var stored = Json.mapper().writeValueAsString(state.withRoutes(Map.of()));
        var read = Json.mapper().readValue(stored, State.class);
        assertThat(read.withRoutes(state.routes())).isEqualTo(state);
        isStoredApart(state);
    }

    /** By one instance, and then by one that has read it. */
    private static void isStoredApart(State state) {
        var form = new StateForm();
        var whole = form.encode(state.withRoutes(Map.of()));
        var read = form.decode("shop/checkout", whole, Set.of());
        assertThat(read.withRoutes(state.routes())).isEqualTo(state);
        var again = form.encode(read);
        assertThat(again).isEqualTo(new StateForm.Stored(whole.state(), whole.format(), whole.planId(), null));
        assertThat(form.decode("shop/checkout", again, Set.of("shop/checkout"))).isEqualTo(read);
    }
}
