package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import java.util.List;
import java.util.Optional;

/** Somebody deleted the resource: what it started and still runs goes back first. What is promoted stays as it is. */
final class Leaving {
    private final Subject subject;
    private final Memory memory;
    private final Seen seen;
    private final Course course;

    Leaving(Subject subject, Memory memory, Seen seen, Course course) {
        this.subject = subject;
        this.memory = memory;
        this.seen = seen;
        this.course = course;
    }

    Turn turn() {
        var rollout = live();
        if (subject.mayGo() || rollout.isEmpty()) {
            return new Turn(List.of(), memory, null, null, true, course);
        }
        var id = subject.id("delete." + Prints.of(rollout.get()));
        var words = words(rollout.get(), id);
        var abort = abort(id, rollout.get());
        if (!id.equals(memory.goingBack())) {
            return new Turn(List.of(abort), memory.goesBackBy(id), abort, words, false, course);
        }
        var awaited = seen.answer(id).isEmpty() ? abort : null;
        return new Turn(List.of(), memory, awaited, words, false, course);
    }

    /** What may carry traffic yet. A start without an answer may come true, until the abort that names it is answered. */
    private Optional<String> live() {
        var asked = memory.asked();
        if (asked != null && asked.isStart() && !asked.isRefused()) {
            var abort = subject.id("delete." + Prints.of(asked.command()));
            if (seen.answer(abort).isEmpty() || seen.isQueued(asked.command())) {
                return Optional.of(asked.command());
            }
        }
        var started = memory.started();
        return course.runs() && !started.isFollowed() && !isGone(started.rollout())
                ? Optional.of(started.rollout())
                : Optional.empty();
    }

    /** The engine has nothing to bring back, and nobody tells of it any more: its end was not heard here, and never will be. */
    private boolean isGone(String rollout) {
        return !seen.knows(rollout)
                && seen.answer(subject.id("delete." + Prints.of(rollout)))
                        .filter(answer -> answer.kind() != Answer.Kind.TAKEN)
                        .isPresent();
    }

    private String words(String rollout, String abort) {
        var refused = seen.answer(abort)
                .filter(answer -> answer.kind() == Answer.Kind.REFUSED)
                .map(answer -> " (the abort was refused: " + answer.words() + ")")
                .orElse("");
        var stands = course.words() == null ? "" : ", " + course.words();
        return "deletion waits for rollout " + rollout + " to go back" + stands + refused
                + "; to let go of it as it is: kubectl annotate slr " + subject.name() + " " + Subject.LET_GO + "=true";
    }

    /** Of one that only observes nothing goes back, and nobody has said how the other tool's release ended. */
    private Command abort(String id, String rollout) {
        var type = seen.isObserving(rollout) ? CommandType.ABANDON : CommandType.ABORT;
        return Steering.command(subject, id, type, true, "its SluiceRollout was deleted", rollout);
    }
}
