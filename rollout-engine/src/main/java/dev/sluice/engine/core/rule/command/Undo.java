package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Starts;
import dev.sluice.engine.core.state.HeldRevisions;
import dev.sluice.engine.core.state.Leave;
import dev.sluice.engine.core.state.Origin;
import dev.sluice.engine.core.state.Promotion;
import dev.sluice.engine.core.state.Request;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Step;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code undo}: all traffic goes back to the backend that was active before the last promotion, at once: a rollout of one
 * step, under the roles that the promotion swapped.
 */
final class Undo {
    private Undo() {}

    /** A target, and the promotion of it that is taken back. */
    private record Undone(TargetRun run, Promotion promotion) {}

    static void take(Draft d, Command command, Instant appendedAt) {
        var refusal = refusal(d, command);
        if (refusal.isPresent()) {
            Commands.reject(d, command.target(), refusal.get(), List.of());
            return;
        }
        var undone = undone(d, command);
        var promotion = undone.getFirst().promotion();
        var asked = new Request(
                command.id(),
                promotion.before(),
                command.actor(),
                Commands.asked(command, null, "promotion by rollout " + promotion.rollout() + " undone")
                        .words(),
                new Origin(appendedAt, command.automated(), null, promotion.rollout()),
                plan(d, undone),
                Set.of(),
                false,
                Leave.ALWAYS);
        Starts.refusal(d, asked)
                .ifPresentOrElse(words -> Commands.reject(d, command.target(), words, List.of()), () -> {
                    Starts.start(d, asked);
                    hold(d, command, promotion);
                });
    }

    private static void hold(Draft d, Command command, Promotion promotion) {
        if (!command.automated() && promotion.revision() != null) {
            var held = new HeldRevisions.Held(promotion.revision(), command.actor(), d.at());
            var words = command.actor() + " went back from " + held.revision()
                    + ": automation may start it again only after 'release'";
            d.decide(new Decision.RevisionHeld(why(null, words), d.at(), held));
        }
    }

    private static Optional<String> refusal(Draft d, Command command) {
        var last = d.state().rollout();
        if (d.state().running()) {
            return Optional.of("rollout " + last.id() + " is running: " + Commands.now(d)
                    + "; 'abort' goes back from it, and 'undo' from the one before once it has ended");
        }
        if (last == null) {
            return Optional.of("nothing to undo: " + Commands.now(d));
        }
        var misfit = Commands.misfit(d, command);
        if (misfit != null) {
            return Optional.of(misfit);
        }
        var undone = undone(d, command);
        if (undone.isEmpty()) {
            return Optional.of("nothing to undo: no promotion is known of these targets");
        }
        if (undone.stream().map(one -> one.promotion().before()).distinct().count() > 1) {
            return Optional.of("the targets had different revisions before: undo them one by one, by `target`");
        }
        return undone.stream().flatMap(one -> refusal(d, command, one).stream()).findFirst();
    }

    private static Optional<String> refusal(Draft d, Command command, Undone one) {
        var promotion = one.promotion();
        var name = one.run().name();
        var before = promotion.before() == null ? "the revision before" : promotion.before();
        switch (promotion.how()) {
            case HANDBACK, SELECTOR -> {
                return Optional.of("target " + name + " was promoted by handing its traffic back to the active backend,"
                        + " which runs " + promotion.revision() + " itself: start " + before + " as a rollout");
            }
            case SWAP -> {}
        }
        if (command.force()) {
            return Optional.empty();
        }
        if (promotion.undo()) {
            return Optional.of("target " + name + " is back on " + promotion.revision()
                    + " already; start a rollout to go forward, or 'force' to undo the undo");
        }
        var last = d.state().rollout();
        var isOverwritten = !last.id().equals(promotion.rollout())
                && one.run().traffic().generation() > 0
                && !Objects.equals(last.revision(), promotion.before());
        return isOverwritten
                ? Optional.of("rollout " + last.id() + " of " + last.revision() + " was on the other backend of target "
                        + name + " since: deploy " + before + " there again, then 'undo' with 'force'")
                : Optional.empty();
    }

    /** The targets that are named, else those of the newest promotion. */
    private static List<Undone> undone(Draft d, Command command) {
        var promoted = Commands.chosen(d, command, run -> d.state().promotions().containsKey(run.name())).stream()
                .map(run -> new Undone(run, d.state().promotions().get(run.name())))
                .toList();
        if (command.target() != null || !command.targets().isEmpty() || promoted.isEmpty()) {
            return promoted;
        }
        var last = d.state().rollout().id();
        var ofLast = promoted.stream()
                .filter(one -> one.promotion().rollout().equals(last))
                .toList();
        return ofLast.isEmpty() ? promoted : ofLast;
    }

    private static RolloutPlan plan(Draft d, List<Undone> undone) {
        var targets = undone.stream()
                .map(one -> one.run().plan().dependingOn(List.of()).atOnce(List.of(new Step.SetWeight(Weight.FULL))))
                .toList();
        return new RolloutPlan(
                d.state().application(), d.state().rollout().terms().labels(), targets);
    }
}
