package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.triggers.core.Memory.Started;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far the resource's rollout has come, over all of its targets.
 *
 * @param phase null: nothing was started
 * @param words for people; may be null
 * @param telling the status that the phase is from; null where there is none any more
 * @param own the statuses of its targets
 */
record Course(Phase phase, String words, Status telling, List<Status> own) {
    /** What is told first where targets differ: what goes wrong, then what waits for somebody, then what moves. */
    private static final List<Phase> TELLING = List.of(
            Phase.ROLLING_BACK,
            Phase.AWAITING_APPROVAL,
            Phase.PAUSED,
            Phase.WAITING,
            Phase.ANALYZING,
            Phase.PROGRESSING,
            Phase.FINALIZING,
            Phase.PENDING,
            Phase.FAILED,
            Phase.ROLLED_BACK,
            Phase.CANCELLED,
            Phase.PROMOTED);

    private static final Course NOTHING = new Course(null, null, null, List.of());

    /** @param before the phase as it was last known; null: it wasn't */
    static Course of(Started started, Seen seen, Phase before) {
        if (started == null) {
            return NOTHING;
        }
        var own = seen.statuses().stream()
                .filter(status -> started.includes(status.rollout()))
                .toList();
        var undone = seen.statuses().stream()
                .filter(status -> started.includes(status.undoOf()))
                .findFirst();
        if (undone.isPresent()) {
            return undone(undone.get(), own);
        }
        var replaced = seen.statuses().stream()
                .filter(status -> !started.includes(status.rollout()))
                .filter(status -> status.updatedAt().isAfter(started.since()))
                .max(Comparator.comparing(Status::updatedAt));
        return replaced.map(by -> replaced(by, own, before))
                .orElseGet(() -> started.isBack() ? back(started, own, before) : running(started, own, before));
    }

    /** A rollout of another revision goes back to the one that is asked for, and is as good as a promotion at its end. */
    private static Course back(Started started, List<Status> own, Phase before) {
        var course = running(started, own, before);
        if (own.isEmpty()) {
            return course;
        }
        var words = "rollout " + started.rollout() + " goes back to " + started.revision() + ", which is stable; "
                + course.words();
        if (own.stream().anyMatch(status -> !status.phase().isFinal())) {
            return new Course(Phase.ROLLING_BACK, words, course.telling(), own);
        }
        var elsewhere = own.stream()
                .filter(status -> !isBack(status, started.revision()))
                .findFirst();
        return elsewhere
                .map(status -> new Course(
                        Phase.FAILED, "not back on " + started.revision() + ": " + words(status), status, own))
                .orElseGet(() -> new Course(
                        Phase.PROMOTED,
                        started.revision() + " is stable: rollout " + started.rollout() + " went back to it",
                        course.telling(),
                        own));
    }

    private static boolean isBack(Status status, String revision) {
        return (status.phase() == Phase.ROLLED_BACK || status.phase() == Phase.CANCELLED)
                && revision.equals(status.stableRevision());
    }

    private static Course undone(Status by, List<Status> own) {
        var words = "undone by " + by.actor() + " (rollout " + by.rollout() + "): " + by.reason();
        return new Course(by.phase().isFinal() ? Phase.ROLLED_BACK : Phase.ROLLING_BACK, words, by, own);
    }

    /** An application has one rollout at a time: this one is at its end, and what its end was may be overwritten. */
    private static Course replaced(Status by, List<Status> own, Phase before) {
        var words = "rollout " + by.rollout() + " of " + by.actor() + " came after it";
        var end = before != null && before.isFinal() ? before : Phase.FAILED;
        return new Course(end, words, null, own);
    }

    /** @param own empty once it is long over and forgotten */
    private static Course running(Started started, List<Status> own, Phase before) {
        var telling = own.stream().min(Comparator.comparingInt(status -> TELLING.indexOf(status.phase())));
        if (telling.isEmpty()) {
            return new Course(before, null, null, own);
        }
        var phase = telling.get().phase();
        // the others have not said anything yet
        var all = phase.isFinal() && own.size() < started.targets() ? Phase.PROGRESSING : phase;
        return new Course(all, words(telling.get()), telling.get(), own);
    }

    private static String words(Status status) {
        var reason = status.reason() == null ? status.phase().word() : status.reason();
        return status.target() + ": " + reason;
    }

    boolean isOver() {
        return phase != null && phase.isFinal();
    }

    boolean runs() {
        return phase != null && !phase.isFinal();
    }

    boolean isPromoted() {
        return phase == Phase.PROMOTED;
    }

    boolean isDegraded() {
        return own.stream().anyMatch(Status::degraded);
    }

    Optional<Status> told() {
        return Optional.ofNullable(telling);
    }
}
