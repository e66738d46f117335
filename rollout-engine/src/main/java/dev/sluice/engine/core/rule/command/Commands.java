package dev.sluice.engine.core.rule.command;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people and pipelines ask for: carried out, or rejected with what the rollout is doing now. */
public final class Commands {
    private Commands() {}

    public static void take(Draft d, Event.CommandReceived event) {
        var command = event.command();
        if (event.repeated()) {
            d.decide(new Decision.Ignored(
                    command.target(),
                    why(null, "duplicate: command " + command.id() + " was taken before"),
                    d.at(),
                    true));
            return;
        }
        var notTaken = d.entrance().refusal() == null
                ? FreezeOverride.refusal(d, command)
                : d.entrance().refusal();
        if (notTaken != null) {
            reject(d, command.target(), notTaken, List.of());
            return;
        }
        switch (command.type()) {
            case START -> Start.take(d, command, event.appendedAt(), event.file());
            case DELETE -> Delete.take(d, command);
            case RETRY -> Retry.take(d, command, event.appendedAt());
            case UNDO -> Undo.take(d, command, event.appendedAt());
            case RELEASE -> Release.take(d, command);
            case ASSESS -> Assess.take(d, command);
            case ABORT -> {
                Abort.note(d, command, event.appendedAt());
                if (!Abort.concernsWhatWaits(d, command, event.appendedAt())) {
                    steer(d, command, () -> Abort.take(d, command));
                }
            }
            case PAUSE -> steer(d, command, () -> Pause.take(d, command));
            case RESUME -> steer(d, command, () -> Resume.take(d, command));
            case APPROVE ->
                steer(d, command, () -> {
                    var hasFreed = FreezeOverride.freesRaises(d, command);
                    if (!hasFreed || !chosen(d, command, Approve::isAwaited).isEmpty()) {
                        Approve.take(d, command, event.appendedAt());
                    }
                });
            case FREEZE -> Freezing.take(d, command, event.appendedAt());
            case UNFREEZE -> Unfreezing.take(d, command);
            case FINALIZE -> steer(d, command, () -> Finalize.take(d, command));
            case ABANDON -> steer(d, command, () -> Abandon.take(d, command));
            case REJECT -> steer(d, command, () -> Reject.take(d, command));
            case SKIP -> steer(d, command, () -> Skip.take(d, command));
            case PROMOTE -> steer(d, command, () -> Promote.take(d, command));
            case GOTO -> steer(d, command, () -> Goto.take(d, command));
            case UPDATE -> steer(d, command, () -> Update.take(d, command, event.file()));
        }
        FreezeOverride.take(d, command);
    }

    /** Acts on a running rollout. */
    private static void steer(Draft d, Command command, Runnable then) {
        var refusal = refusal(d, command);
        if (refusal == null && d.state().rollout().isObserving()) {
            OthersWord.take(d, command);
        } else if (refusal == null) {
            then.run();
        } else {
            reject(d, command.target(), refusal, List.of());
        }
    }

    /** What is wrong with a command before its own rules count; null if nothing. */
    private static String refusal(Draft d, Command command) {
        if (!d.state().running()) {
            return "nothing to " + command.type().word() + ": " + now(d);
        }
        return misfit(d, command);
    }

    /** What the command takes the running or the last rollout for, and it isn't; null if nothing. */
    static String misfit(Draft d, Command command) {
        var rollout = d.state().rollout();
        var unknown = Stream.concat(Stream.ofNullable(command.target()), command.targets().stream())
                .filter(name -> rollout.target(name).isEmpty())
                .findFirst();
        if (unknown.isPresent()) {
            return "target " + unknown.get() + " is not part of rollout " + rollout.id() + "; it has "
                    + rollout.targets().stream().map(TargetRun::name).toList();
        }
        return unexpected(d, command).orElse(null);
    }

    /** What it expects the rollout to be, or to be at, and it isn't. */
    static Optional<String> unexpected(Draft d, Command command) {
        var expect = command.expect();
        if (expect != null
                && expect.rollout() != null
                && !expect.rollout().equals(d.state().rollout().id())) {
            return Optional.of("expected rollout " + expect.rollout() + ", but " + now(d));
        }
        // an abort goes back from whatever there is
        if (command.type() == CommandType.PROMOTE
                && command.revision() != null
                && !command.revision().equals(d.state().rollout().revision())) {
            return Optional.of("expected revision " + command.revision() + ", but rollout "
                    + d.state().rollout().id() + " is of " + d.state().rollout().revision());
        }
        return expect != null
                        && expect.step() != null
                        && chosen(d, command, run -> true).isEmpty()
                ? Optional.of("expected step " + expect.step() + ", but " + now(d))
                : Optional.empty();
    }

    /** The targets that the command means and that fit. */
    static List<TargetRun> chosen(Draft d, Command command, Predicate<TargetRun> fits) {
        var step = command.expect() == null ? null : command.expect().step();
        return d.runs().stream()
                .filter(run -> command.target() == null || run.name().equals(command.target()))
                .filter(run -> command.targets().isEmpty() || command.targets().contains(run.name()))
                .filter(run -> step == null || run.position().step() == step)
                .filter(fits)
                .toList();
    }

    /** The same id again would be a duplicate, and nothing else says so to who corrects the command. */
    static void reject(Draft d, String target, String words, List<Problem> errors) {
        var again = words + " (to try again, send it with a new id)";
        d.decide(new Decision.Rejected(target, why(null, again), d.at(), errors));
    }

    /** What the application is doing now, for people whose command came too late. */
    static String now(Draft d) {
        if (d.state().rollout() == null) {
            return "application " + d.state().application() + " has no rollout";
        }
        return d.runs().stream().map(Commands::now).collect(Collectors.joining(", "));
    }

    static String now(TargetRun run) {
        var phase = run.position().phase();
        var step = run.position().step();
        var where = step == 0
                ? ""
                : " at step " + step + " of " + run.plan().steps().size();
        return "target " + run.name() + " is " + phase.word() + where;
    }

    static Why asked(Command command, ReasonCode code, String what) {
        var words = what + " by " + command.actor();
        return why(code, command.reason() == null ? words : words + ": " + command.reason());
    }
}
