package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Status;
import dev.sluice.triggers.core.Memory.Asked;
import dev.sluice.triggers.core.Memory.Bond;
import dev.sluice.triggers.core.Memory.Ordered;
import dev.sluice.triggers.core.Memory.Started;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** What the topics add to what is remembered: which question is answered, and which rollout is the resource's now. */
final class Learning {
    private Learning() {}

    static Memory from(Memory memory, Seen seen) {
        var learnt = memory.asked() == null
                ? memory
                : memory.asked().isStart() ? ofStart(memory, memory.asked(), seen) : ofUpdate(memory, seen);
        learnt = ofOrder(learnt, seen);
        return learnt.started() == null ? learnt : learnt.with(goneOn(learnt.started(), seen));
    }

    private static Memory ofStart(Memory memory, Asked asked, Seen seen) {
        if (seen.knows(asked.command())) {
            return taken(memory, asked, asked.command(), null, seen);
        }
        var answer = seen.answer(asked.command());
        if (answer.isPresent() && isAboutWhatRuns(answer.get()) && !seen.isQueued(asked.command())) {
            var isSame = seen.of(answer.get().rollout()).stream()
                    .anyMatch(status -> Objects.equals(status.revision(), asked.revision()));
            if (isSame || isBack(asked, answer.get(), seen)) {
                var bond = isSame ? bond(memory, answer.get().rollout()) : Bond.BACK;
                return taken(memory, asked, answer.get().rollout(), bond, seen);
            }
        }
        var known = answer.map(one -> answered(asked, one, seen)).orElse(asked);
        var elsewhere = known.isRefused() ? startedElsewhere(memory, known, seen) : Optional.<String>empty();
        return elsewhere
                .map(rollout -> taken(memory, known, rollout, Bond.FOLLOWED, seen))
                .orElseGet(() -> memory.with(known));
    }

    /** The same once more, by annotation, may be what runs already; else somebody else has started it. */
    private static Bond bond(Memory memory, String rollout) {
        return memory.started() != null && memory.started().rollout().equals(rollout)
                ? memory.started().bond()
                : Bond.FOLLOWED;
    }

    private static boolean isAboutWhatRuns(Answer answer) {
        return answer.kind() == Answer.Kind.BACK || answer.kind() == Answer.Kind.NEEDLESS;
    }

    /** What runs goes back to what is asked for. A status from before the answer doesn't say yet whether the start waits. */
    private static boolean isBack(Asked asked, Answer answer, Seen seen) {
        return asked.revision() != null
                && seen.of(answer.rollout()).stream()
                        .filter(status -> asked.revision().equals(status.stableRevision()))
                        .anyMatch(status -> answer.kind() == Answer.Kind.NEEDLESS
                                || !status.updatedAt().isBefore(answer.at()));
    }

    private static Asked answered(Asked asked, Answer answer, Seen seen) {
        return switch (answer.kind()) {
            case REFUSED, DROPPED -> asked.refused(answer.words(), answer.at());
            case REPEATED ->
                asked.isRefused() || seen.isQueued(asked.command())
                        ? asked
                        : asked.refused(
                                "the engine took command " + asked.command()
                                        + " before, and has no such rollout: its audit says what became of it",
                                answer.at());
            case TAKEN, BACK, NEEDLESS -> asked;
        };
    }

    /** What was refused here a person may have started by other ways. */
    private static Optional<String> startedElsewhere(Memory memory, Asked asked, Seen seen) {
        var own = memory.started() == null ? null : memory.started().rollout();
        return seen.statuses().stream()
                .filter(status -> asked.revision() != null && asked.revision().equals(status.revision()))
                .filter(status -> !status.rollout().equals(own))
                .sorted(Comparator.comparing(Status::updatedAt).reversed())
                .map(Status::rollout)
                // what was there before moves on, too
                .filter(rollout -> seen.begun(rollout)
                        .filter(begun -> begun.isAfter(asked.refusedAt()))
                        .isPresent())
                .findFirst();
    }

    private static Memory taken(Memory memory, Asked asked, String rollout, Bond bond, Seen seen) {
        return memory.with(asked.started(rollout, seen.since(rollout), bond)).with((Asked) null);
    }

    private static Memory ofUpdate(Memory memory, Seen seen) {
        var asked = memory.asked();
        var answer = seen.answer(asked.command());
        if (answer.isEmpty() || asked.isRefused()) {
            return memory;
        }
        return answer.get().kind() == Answer.Kind.REFUSED
                ? memory.with(asked.refused(answer.get().words(), answer.get().at()))
                : memory.with(memory.started().by(asked.how())).with((Asked) null);
    }

    private static Memory ofOrder(Memory memory, Seen seen) {
        var order = memory.order();
        if (order == null || order.words() != null || order.command() == null) {
            return memory;
        }
        return seen.answer(order.command())
                .map(answer -> memory.with(new Ordered(
                        order.nonce(),
                        order.word(),
                        order.command(),
                        answer.kind() == Answer.Kind.REFUSED ? "refused: " + answer.words() : "carried out")))
                .orElse(memory);
    }

    /** A retry is the same release once more. One of what went back is no release of the resource. */
    private static Started goneOn(Started started, Seen seen) {
        if (started.isBack()) {
            return started;
        }
        return seen.statuses().stream()
                .filter(status -> started.includes(status.retryOf()) && !started.includes(status.rollout()))
                .map(Status::rollout)
                .findFirst()
                .map(retry -> goneOn(started.goesOnAs(retry, seen.since(retry)), seen))
                .orElse(started);
    }
}
