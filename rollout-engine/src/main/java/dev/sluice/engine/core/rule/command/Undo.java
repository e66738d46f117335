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
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code undo}: all traffic goes back to the backend that was active before the last promotion, at once: a rollout of one
 * step, under the roles that the promotion swapped.
 */
final class Undo {
    private Undo() {}

    /** A target, as the newest rollout that had it named it, and the promotion of it that is taken back. */
    private record Undone(TargetPlan plan, Promotion promotion) {}

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
                new Origin(
                        appendedAt,
                        command.automated(),
                        null,
                        promotion.rollout(),
                        d.isUnproven(),
                        d.entrance().trace()),
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
        if (last.isObserving()) {
            return Optional.of(
                    "rollout " + last.id() + " was only observed: Sluice moved nothing that it could take back");
        }
        var misfit = unknown(d, command).or(() -> Commands.unexpected(d, command));
        if (misfit.isPresent()) {
            return misfit;
        }
        var undone = undone(d, command);
        if (undone.isEmpty()) {
            return Optional.of("nothing to undo: no promotion is known of these targets");
        }
        if (undone.stream().map(one -> one.promotion().before()).distinct().count() > 1) {
            return Optional.of("the targets had different revisions before: undo them one by one, by `target`");
        }
        return undone.stream().flatMap(one -> refusal(command, one).stream()).findFirst();
    }

    /** A target that the last rollout leaves out may be gone back on, as long as its routes are its own. */
    private static Optional<String> unknown(Draft d, Command command) {
        return Stream.concat(Stream.ofNullable(command.target()), command.targets().stream())
                .filter(name -> d.state().rollout().target(name).isEmpty()
                        && d.state().former().find(name).isEmpty())
                .findFirst()
                .map(name -> unknown(d.state(), name));
    }

    private static String unknown(State state, String name) {
        var promotion = state.promotions().get(name);
        if (promotion != null) {
            var before = promotion.before() == null ? "the revision before" : promotion.before();
            return "target " + name + " was promoted by rollout " + promotion.rollout()
                    + ", and what its routes were is not known any more, or they are under another target: start "
                    + before + " as a rollout";
        }
        return "target " + name + " is neither part of rollout "
                + state.rollout().id() + ", which has "
                + state.rollout().targets().stream().map(TargetRun::name).toList()
                + ", nor of those that earlier ones promoted: " + state.former().names();
    }

    private static Optional<String> refusal(Command command, Undone one) {
        var promotion = one.promotion();
        var name = one.plan().name();
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
        return Optional.ofNullable(promotion.since())
                .map(since -> "rollout " + since.rollout() + " of " + since.revision()
                        + " was on the other backend of target " + name + " since: deploy " + before
                        + " there again, then 'undo' with 'force'");
    }

    /** The targets that are named, else those of the newest promotion. */
    private static List<Undone> undone(Draft d, Command command) {
        var promotions = d.state().promotions();
        var promoted = Commands.chosen(d, command, run -> promotions.containsKey(run.name())).stream()
                .map(run -> new Undone(run.plan(), promotions.get(run.name())))
                .toList();
        if (command.target() != null || !command.targets().isEmpty()) {
            var former = d.state().former().plans().stream()
                    .filter(plan -> isNamed(command, plan.name()))
                    .map(plan -> new Undone(plan, promotions.get(plan.name())));
            return Stream.concat(promoted.stream(), former).toList();
        }
        var last = d.state().rollout().id();
        var ofLast = promoted.stream()
                .filter(one -> one.promotion().rollout().equals(last))
                .toList();
        return ofLast.isEmpty() ? promoted : ofLast;
    }

    private static boolean isNamed(Command command, String target) {
        return (command.target() == null || command.target().equals(target))
                && (command.targets().isEmpty() || command.targets().contains(target));
    }

    private static RolloutPlan plan(Draft d, List<Undone> undone) {
        var targets = undone.stream()
                .map(one -> one.plan().dependingOn(List.of()).atOnce(List.of(new Step.SetWeight(Weight.FULL))))
                .toList();
        return new RolloutPlan(
                d.state().application(), d.state().rollout().terms().labels(), targets);
    }
}
