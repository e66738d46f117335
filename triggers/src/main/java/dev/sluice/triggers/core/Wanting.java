package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.triggers.core.Memory.Asked;
import dev.sluice.triggers.core.Memory.Ordered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the spec asks for beyond what was asked already. Level-triggered: it looks at what is, never at what changed, so that nothing
 * is lost with a restart and nothing is done twice.
 */
final class Wanting {
    /** What may be ordered by annotation. What needs roles is not among it: nobody knows who wrote it. */
    private static final Set<String> ORDERS =
            Set.of("start", "abort", "pause", "resume", "promote", "skip", "retry", "undo", "finalize");
    /** Who goes back or holds is taken for a person: what automation may not undo by itself (B47). */
    private static final Set<String> BY_PEOPLE = Set.of("abort", "pause", "undo");

    private final Subject subject;
    private final Wish wish;
    private final Memory memory;
    private final Seen seen;
    private final Course course;
    private final List<Command> commands = new ArrayList<>();

    Wanting(Subject subject, Memory memory, Seen seen, Course course) {
        this.subject = subject;
        this.wish = subject.wish();
        this.memory = memory;
        this.seen = seen;
        this.course = course;
    }

    Turn turn() {
        var next = ordered(memory);
        return commands.isEmpty() ? wanted(next) : turn(next, next.asked() == null ? null : "asked for");
    }

    private Turn turn(Memory next, String pending) {
        return new Turn(commands, next, awaited(next.asked()), pending, false, course);
    }

    /** The same once more, where the spec still asks for it. */
    private Command awaited(Asked asked) {
        var isOpen = asked != null
                && !asked.isRefused()
                && seen.answer(asked.command()).isEmpty()
                && !seen.isQueued(asked.command())
                && asked.release().equals(wish.release())
                && asked.how().equals(wish.how());
        if (!isOpen) {
            return null;
        }
        return asked.isStart()
                ? startBy(asked.command())
                : updateBy(asked.command(), memory.started().rollout());
    }

    private Memory ordered(Memory known) {
        var order = subject.order();
        if (order.isEmpty()
                || (known.order() != null
                        && known.order().nonce().equals(order.get().nonce()))) {
            return known;
        }
        var word = order.get().word();
        var id = subject.id("n." + order.get().nonce());
        if (!ORDERS.contains(word)) {
            var words = "refused: " + Subject.COMMAND + " takes "
                    + ORDERS.stream().sorted().toList() + "; what needs a role is for `sluice` or the dashboard";
            return known.with(new Ordered(order.get().nonce(), word, null, words));
        }
        var remembered = known.with(new Ordered(order.get().nonce(), word, id, null));
        if (word.equals("start")) {
            return remembered.with(start(id, 0));
        }
        var type = CommandType.valueOf(word.toUpperCase(Locale.ROOT));
        var meant = meant(type);
        if (meant.isEmpty()) {
            // such as one that came from Git with a new resource; without a rollout to expect it would be about
            // anybody's
            var words = "refused: nothing of this resource runs or ran yet, and an order is about its own rollout";
            return known.with(new Ordered(order.get().nonce(), word, null, words));
        }
        commands.add(Steering.command(
                subject,
                id,
                type,
                !BY_PEOPLE.contains(word),
                "by annotation; who set it is not known here",
                meant.get()));
        return remembered;
    }

    /** Whoever looks at the resource means its rollout, and no other one. What is tried again or undone has been taken up. */
    private Optional<String> meant(CommandType type) {
        var asked = memory.asked();
        var isAboutAnEnd = type == CommandType.RETRY || type == CommandType.UNDO;
        if (asked != null && asked.isStart() && !asked.isRefused() && !isAboutAnEnd) {
            return Optional.of(asked.command());
        }
        return Optional.ofNullable(memory.started())
                .filter(started -> !started.isBack())
                .map(Memory.Started::rollout);
    }

    private Turn wanted(Memory known) {
        var asked = known.asked();
        if (asked != null && asked.isStart()) {
            return afterAsking(known, asked);
        }
        var started = known.started();
        if (started == null || !started.release().equals(wish.release())) {
            return startOrWait(known, 0);
        }
        if (course.isOver() && isFreeAgain(started)) {
            // by the rollout that ended, for its generation has had its start
            return startOrWait(known, subject.id("r." + Prints.of(started.rollout())), 0);
        }
        if (course.isOver()) {
            return wish.how().equals(started.how()) || course.isPromoted()
                    ? turn(known.with((Asked) null), null)
                    : startOrWait(known, 0);
        }
        if (started.isBack()) {
            // what goes back is of another revision: no other steps are for it
            return turn(known, null);
        }
        var how = asked == null ? started.how() : asked.how();
        if (wish.how().equals(how)) {
            return turn(known, asked == null || asked.isRefused() ? null : "an update is asked for");
        }
        return turn(known.with(update(started.rollout())), "an update is asked for");
    }

    /** A start is asked for, and no rollout is known by its id yet. */
    private Turn afterAsking(Memory known, Asked asked) {
        var isOther = !asked.release().equals(wish.release());
        var isCorrected = asked.isRefused() && !asked.how().equals(wish.how());
        if (isOther || isCorrected) {
            return startOrWait(known, 0);
        }
        if (!asked.isRefused()) {
            return turn(known, seen.isQueued(asked.command()) ? "waits for the rollout before it" : "asked for");
        }
        var isReleased = seen.isReleased(asked.revision(), asked.refusedAt());
        return isReleased && seen.running().isEmpty() ? startOrWait(known, asked.attempt() + 1) : turn(known, null);
    }

    /** A person went back from it, and has released it since. What came after it is for others to say. */
    private boolean isFreeAgain(Memory.Started started) {
        return !course.isPromoted()
                && course.told().isPresent()
                && seen.running().isEmpty()
                && seen.isReleased(started.revision(), started.since());
    }

    private Turn startOrWait(Memory known, int attempt) {
        return startOrWait(known, subject.id(subject.generation() + (attempt == 0 ? "" : "." + attempt)), attempt);
    }

    private Turn startOrWait(Memory known, String id, int attempt) {
        var running = seen.running();
        if (wish.concurrency() == Wish.Concurrency.REJECT && running.isPresent()) {
            var words = "waits for the end of rollout " + running.get().rollout()
                    + ", for concurrency is reject: abort that one, or wait";
            return turn(known, words);
        }
        return turn(known.with(start(id, attempt)), "asked for");
    }

    private Asked start(String id, int attempt) {
        commands.add(startBy(id));
        return Asked.of(id, Asked.START, subject, attempt);
    }

    private Asked update(String rollout) {
        var id = subject.id(subject.generation() + ".update");
        commands.add(updateBy(id, rollout));
        return Asked.of(id, Asked.UPDATE, subject, 0);
    }

    private Command startBy(String id) {
        return withFile(id, CommandType.START, wish.revision(), null);
    }

    private Command updateBy(String id, String rollout) {
        return withFile(id, CommandType.UPDATE, null, new Command.Expect(rollout, null));
    }

    private Command withFile(String id, CommandType type, String revision, Command.Expect expect) {
        return new Command(
                id,
                type,
                wish.application(),
                null,
                subject.actor(),
                List.of(),
                wish.reason(),
                revision,
                null,
                wish.onlyTargets(),
                wish.file(),
                expect,
                null,
                null,
                true,
                null,
                null,
                false,
                false);
    }
}
