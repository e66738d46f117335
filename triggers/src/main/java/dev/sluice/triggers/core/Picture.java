package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says in a resource's status where it stands, for people, {@code kubectl wait}, kstatus and Argo CD. */
public final class Picture {
    private static final int MOST_TARGETS = 100;
    private static final int LONGEST = 1800;
    private static final int LONGEST_OF_TARGET = 300;

    private final Subject subject;
    private final Turn turn;
    private final Course course;
    private final String refused;

    private Picture(Subject subject, Turn turn) {
        this.subject = subject;
        this.turn = turn;
        this.course = turn.course();
        this.refused =
                turn.memory().asked() == null ? null : turn.memory().asked().refused();
    }

    /** @param before what the status was; null: there was none */
    public static Standing of(Subject subject, Turn turn, Standing before, Instant now) {
        return new Picture(subject, turn)
                .standing(before == null ? List.of() : before.conditions(), Optional.ofNullable(before), now);
    }

    private Standing standing(List<Condition> conditions, Optional<Standing> before, Instant now) {
        var told = course.told();
        var started = turn.memory().started();
        var message = Cut.to(LONGEST, message());
        return new Standing(
                subject.generation(),
                course.phase(),
                told.map(Status::reasonCode).orElse(null),
                message,
                told.map(Standing::stepOf).or(() -> before.map(Standing::step)).orElse(null),
                told.map(Standing::weightOf)
                        .or(() -> before.map(Standing::weight))
                        .orElse(null),
                started == null ? null : started.rollout(),
                started == null ? null : started.revision(),
                told.map(Status::stableRevision)
                        .or(() -> before.map(Standing::stableRevision))
                        .orElse(null),
                course.isDegraded(),
                lastCommand(),
                targets(),
                conditions(message, conditions, now),
                turn.memory());
    }

    private String message() {
        if (subject.deleted() && turn.pending() != null) {
            return turn.pending();
        }
        if (refused != null) {
            return refused + advice();
        }
        if (turn.pending() != null) {
            return turn.pending() + (course.words() == null ? "" : "; " + course.words());
        }
        return course.words() == null ? String.valueOf(course.phase()) : course.words() + afterwards();
    }

    private String advice() {
        return refused.contains("'release'")
                ? ". It is started by itself once somebody says `sluice release "
                        + subject.wish().application() + "`"
                : ". It is asked again once the spec is another one, or " + Subject.COMMAND + ": start has a new "
                        + Subject.NONCE;
    }

    private String afterwards() {
        var started = turn.memory().started();
        return course.isPromoted()
                        && started != null
                        && !started.how().equals(subject.wish().how())
                ? "; the file was changed since, which counts from the next release on"
                : "";
    }

    private String lastCommand() {
        var order = turn.memory().order();
        return order == null ? null : order.word() + ": " + (order.words() == null ? "sent" : order.words());
    }

    private List<Standing.Target> targets() {
        return course.own().stream()
                .sorted(Comparator.comparing(Status::target))
                .limit(MOST_TARGETS)
                .map(status -> Standing.Target.of(
                        status, status.reason() == null ? null : Cut.to(LONGEST_OF_TARGET, status.reason())))
                .toList();
    }

    private List<Condition> conditions(String message, List<Condition> before, Instant now) {
        var isPending = turn.pending() != null;
        var hasFailed = course.isOver() && !course.isPromoted();
        var isPromoted = course.isPromoted() && !isPending && refused == null;
        var isStarted = course.phase() != null && !hasFailed && !isPending && refused == null && !course.isDegraded();
        var isReady = subject.wish().readyWhen() == Wish.ReadyWhen.STARTED ? isStarted : isPromoted;
        var isStalled = refused != null || (hasFailed && !isPending) || course.isDegraded();
        var reason = reason(isPending);
        return Stream.of(
                        new Claim("Ready", isReady),
                        new Claim("Reconciling", !isReady && !isStalled),
                        new Claim("Stalled", isStalled),
                        new Claim("Promoted", isPromoted))
                .map(claim ->
                        Condition.of(claim.type(), claim.holds(), reason, message, subject.generation(), before, now))
                .toList();
    }

    private record Claim(String type, boolean holds) {}

    private String reason(boolean isPending) {
        if (subject.deleted()) {
            return "Deleted";
        }
        if (refused != null) {
            return "Refused";
        }
        return isPending || course.phase() == null ? "Pending" : course.phase().word();
    }
}
