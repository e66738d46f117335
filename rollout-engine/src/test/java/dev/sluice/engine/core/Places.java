package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.around;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.lockstep;
import static dev.sluice.engine.core.Plans.modes;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.route;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static dev.sluice.engine.core.Plans.with;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.Verdict.Share;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.RollMode;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.Webhook;
import dev.sluice.schemas.rollout.window.Window;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Everywhere that target {@code prod} of rollout {@code r} can be: one for each stage, condition, cause and hold. */
final class Places {
    private static final Duration PAUSE = Duration.ofMinutes(30);
    private static final String STEP = "r/prod/step-2/1";
    private static final String BESIDE = "r/prod/background/1";

    private static final Webhook WEBHOOK = new Webhook(
            "smoke",
            "POST",
            "https://tests.example/",
            Map.of(),
            null,
            0,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            null,
            false,
            Duration.ofHours(1));

    private Places() {}

    static Map<String, Supplier<Scenario>> all() {
        var places = new LinkedHashMap<String, Supplier<Scenario>>();
        places.put("nothing", Scenario::new);
        places.put("pending", Places::pending);
        places.put("beginning", () -> new Scenario().start("r", pausingPlan()));
        places.put("moving", () -> new Scenario().start("r", pausingPlan()).applied());
        places.put("pausing", () -> at(pause(PAUSE)));
        places.put("approving", () -> at(approval("sre")));
        places.put("analysing", () -> at(analysis(3, 0, 0)));
        places.put("judging", () -> at(new Step.Analysis(manual(1))).verdict(STEP, 1, Verdict.Outcome.FAIL));
        places.put("judging-beside", () -> beside(weight(10), pause(PAUSE), weight(100)));
        places.put(
                "first-verdict",
                () -> start(background(target("prod", List.of(), weight(100)), spec(0, 0, 9, OnInconclusive.PAUSE))));
        places.put("held-by-share", Places::heldByShare);
        places.put(
                "held-by-judgement",
                () -> beside(weight(10), pause(PAUSE), weight(100)).later(PAUSE));
        places.put("paused", () -> at(pause(PAUSE)).say(CommandType.PAUSE));
        places.put("inconclusive", () -> at(analysis(1, 0, 0)).verdict(STEP, 1, Verdict.Outcome.INCONCLUSIVE));
        places.put("fenced", Places::fenced);
        places.put(
                "before",
                () -> new Scenario()
                        .start(
                                "r",
                                plan(around(
                                        target("prod", List.of(), weight(10)), List.of(approval("sre")), List.of()))));
        places.put(
                "after",
                () -> start(around(target("prod", List.of(), weight(100)), List.of(), List.of(approval("sre"))))
                        .applied());
        places.put("calling", () -> at(new Step.RunWebhook(WEBHOOK)));
        places.put(
                "together",
                () -> at(new Step.Together(List.of(
                        (Step.Condition) pause(PAUSE),
                        (Step.Condition) approval("sre"),
                        new Step.RunWebhook(WEBHOOK)))));
        places.put("baking", () -> start(target("prod", List.of(), weight(100), new Step.Bake(PAUSE))));
        places.put("held-by-lockstep", Places::heldByLockstep);
        places.put("held-by-window", Places::heldByWindow);
        places.put("held-by-freeze", Places::heldByFreeze);
        places.put("completing", () -> start(target("prod", List.of(), weight(100))));
        places.put("selecting", () -> start(ending(OnPromoted.SELECTOR)));
        places.put("awaiting-finalize", () -> start(ending(OnPromoted.HANDBACK)));
        places.put("handing-back", () -> start(ending(OnPromoted.HANDBACK)).say(CommandType.FINALIZE));
        places.put("rolling-back", () -> at(pause(PAUSE)).say(CommandType.ABORT));
        places.put("degraded", Places::degraded);
        places.put("observing", () -> new Scenario().start("r", observing()).seen(10));
        places.put(
                "promoted", () -> start(target("prod", List.of(), weight(100))).applied());
        places.put("rolled-back", () -> at(pause(PAUSE)).say(CommandType.ABORT).applied());
        places.put("cancelled", () -> new Scenario().start("r", pausingPlan()).report(Outcome.REFUSED, "not ours"));
        places.put("failed", () -> degraded().say(CommandType.ABANDON));
        return places;
    }

    private static RolloutPlan observing() {
        return plan(weight(10), analysis(3, 0, 0), weight(100)).observing();
    }

    static RolloutPlan pausingPlan() {
        return plan(weight(10), pause(PAUSE), weight(100));
    }

    /** The same with a step more before its end. */
    static RolloutPlan longerPlan() {
        return plan(weight(10), pause(PAUSE), weight(50), weight(100));
    }

    private static Scenario at(Step step) {
        return start(target("prod", List.of(), weight(10), step, weight(100)));
    }

    /** Its first weight is applied. */
    private static Scenario start(TargetPlan target) {
        return new Scenario().start("r", plan(target)).applied().applied();
    }

    private static TargetPlan ending(OnPromoted how) {
        return with(target("prod", List.of(), weight(100)), route -> route("prod", how, Ownership.OWN));
    }

    private static AnalysisSpec manual(int runs) {
        return modes(spec(runs, 0, 9, OnInconclusive.PAUSE), RollMode.MANUAL, RollMode.MANUAL);
    }

    private static Scenario beside(Step... steps) {
        return start(background(target("prod", List.of(), steps), manual(0))).verdict(BESIDE, 1, Verdict.Outcome.FAIL);
    }

    private static Scenario pending() {
        return new Scenario()
                .start(
                        "r",
                        plan(
                                target("staging", List.of(), weight(100)),
                                target("prod", List.of("staging"), weight(10))));
    }

    /** The other one's beginning is not applied. */
    private static Scenario heldByLockstep() {
        var it = new Scenario()
                .start(
                        "r",
                        lockstep(
                                List.of("prod", "eu"),
                                target("prod", List.of(), weight(10), weight(100)),
                                target("eu", List.of(), weight(10), weight(100))));
        return it.tell(Scenario.answer(it.orderOf(identity("prod")), Outcome.APPLIED, null));
    }

    private static String identity(String cluster) {
        return Plans.route(cluster, OnPromoted.SWAP, Ownership.OWN).identity();
    }

    private static Scenario heldByWindow() {
        var closed = new Window.Freeze(
                Scenario.START.minusSeconds(1), Scenario.START.plus(Duration.ofHours(1)), "holidays", List.of());
        var open = pausingPlan();
        return new Scenario()
                .start(
                        "r",
                        new RolloutPlan(
                                open.application(),
                                Map.of(),
                                open.targets(),
                                false,
                                List.of(),
                                InProgress.REJECT,
                                List.of(closed)))
                .applied();
    }

    private static Scenario heldByFreeze() {
        var it = new Scenario();
        var freeze = new Freeze("xmas", Map.of(), "bob", "holidays", Scenario.START, null);
        it.surroundings = new Surroundings(List.of(freeze), Set.of());
        return it.start("r", pausingPlan()).applied();
    }

    private static Scenario heldByShare() {
        var it = at(analysis(3, 0, 0));
        for (int run = 1; run <= 3; run++) {
            it.later(Duration.ofSeconds(30)).share(STEP, run, new Share(2, 1, 3));
        }
        return it;
    }

    private static Scenario fenced() {
        var it = at(pause(PAUSE));
        var foreign = new Fence(Scenario.START.toEpochMilli() + 1_000_000, 9);
        it.goTo(3);
        it.tell(Scenario.answer(it.lastOrder(), Outcome.SUPERSEDED, null, foreign, null, Map.of()));
        it.tell(Scenario.answer(
                it.lastOrder(), Outcome.APPLIED, null, null, null, Map.of("checkout", 40.0, "checkout-canary", 60.0)));
        return it;
    }

    private static Scenario degraded() {
        return at(pause(PAUSE)).say(CommandType.ABORT).later(Duration.ofMinutes(30));
    }
}
