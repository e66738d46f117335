package dev.sluice.simulation.mutant;

import dev.sluice.applier.mesh.Document;
import dev.sluice.applier.mesh.Write;
import dev.sluice.engine.core.Decider;
import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Order;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.simulation.invariant.EachCallHasItsKey;
import dev.sluice.simulation.invariant.NothingBesideOnTheWayBack;
import dev.sluice.simulation.invariant.NothingIsLeftBeside;
import dev.sluice.simulation.invariant.WebhooksPassByTheirAnswers;
import dev.sluice.simulation.invariant.WhatIsOrderedBesideIsThere;
import dev.sluice.simulation.machine.Parts;
import dev.sluice.simulation.manifest.Manifest;
import java.util.List;

/** Systems that get a kind of step a little wrong. */
final class LanguageMutants {
    private LanguageMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "an engine that takes every answer of a webhook for a good one",
                        WebhooksPassByTheirAnswers.class,
                        Parts.REAL.withEngine(
                                (state, around, event) -> Decider.decide(state, around, answeredWell(event)))),
                new Mutant(
                        "an engine whose webhooks have the same key in every rollout",
                        EachCallHasItsKey.class,
                        Parts.REAL.withEngine(LanguageMutants::sharingKeys)),
                new Mutant(
                        "an engine that goes on sending what matches and copies on its way back",
                        NothingBesideOnTheWayBack.class,
                        Parts.REAL.withEngine(LanguageMutants::keepingMore)),
                new Mutant(
                        "an engine that lets go of routes as they are",
                        NothingIsLeftBeside.class,
                        Parts.REAL.withEngine(LanguageMutants::keepingMore)),
                new Mutant(
                        "a mesh that writes weights alone",
                        WhatIsOrderedBesideIsThere.class,
                        Parts.REAL.withWrites(planned -> {
                            planned.forEach(write -> {
                                if (write instanceof Write.Update update) {
                                    removeOwn(update.document());
                                }
                            });
                            return planned;
                        })));
    }

    private static Event answeredWell(Event event) {
        return event instanceof Event.WebhookAnswered(var answer, var at)
                ? new Event.WebhookAnswered(
                        new WebhookAnswer(answer.call(), WebhookAnswer.Outcome.ANSWERED, 200, "", List.of()), at)
                : event;
    }

    private static List<Decision> sharingKeys(State state, Surroundings around, Event event) {
        return Decider.decide(state, around, event).stream()
                .map(decision -> decision instanceof Decision.StepEntered(var target, var why, var at, Gate gate)
                        ? new Decision.StepEntered(
                                target,
                                why,
                                at,
                                new Gate(
                                        gate.place(),
                                        gate.step(),
                                        gate.conditions().stream()
                                                .map(LanguageMutants::withoutRollout)
                                                .toList()))
                        : decision)
                .toList();
    }

    private static Condition withoutRollout(Condition condition) {
        return condition instanceof Condition.Webhook webhook
                ? new Condition.Webhook(
                        webhook.asks(),
                        webhook.asks().name(),
                        webhook.attempt(),
                        webhook.progress(),
                        webhook.until(),
                        webhook.links())
                : condition;
    }

    private static List<Decision> keepingMore(State state, Surroundings around, Event event) {
        return Decider.decide(state, around, event).stream()
                .map(decision -> decision instanceof Decision.Ordered(var target, var why, var at, var order)
                                && state.rollout() != null
                        ? new Decision.Ordered(target, why, at, withMore(order, before(state, target)))
                        : decision)
                .toList();
    }

    /** What the target's routes carry. */
    private static Desired before(State state, String target) {
        return state.rollout()
                .target(target)
                .map(run -> run.traffic().order() == null
                        ? null
                        : run.traffic().order().desired())
                .orElse(null);
    }

    private static Order withMore(Order order, Desired before) {
        if (order.desired() == null || order.begin() || before == null) {
            return order;
        }
        var now = order.desired();
        return new Order(
                order.sequence(),
                new Desired(
                        now.weight(),
                        now.match() == null ? before.match() : now.match(),
                        now.mirror() == null ? before.mirror() : now.mirror()),
                order.begin(),
                order.end(),
                order.force(),
                order.rests(),
                order.selector(),
                order.deadline(),
                order.repeatAt());
    }

    private static void removeOwn(Document document) {
        for (var list : List.of("rules", "http")) {
            if (document.at("spec", list) instanceof List<?> rules) {
                rules.removeIf(rule -> String.valueOf(rule).contains(Manifest.BETA));
            }
        }
    }
}
