package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the audit says became of a command. */
public record Answer(Kind kind, String words, String rollout, Instant at) {
    private static final int PROBLEMS_SHOWN = 5;
    private static final int LONGEST = 1500;

    /** What says more comes first. */
    public enum Kind {
        /** It waited, and never starts. */
        DROPPED,
        TAKEN,
        /** A start was taken for an abort: it asks for what is stable, and what runs goes back to it (B03). */
        BACK,
        REFUSED,
        /** The engine knew the id: what it said the first time nobody here has heard. */
        REPEATED,
        /** Nothing was left to do. */
        NEEDLESS
    }

    /** Whether a command is one of ours, whose answer somebody waits for. */
    public static boolean isAwaited(String command) {
        return command.startsWith(Subject.IDS) || command.startsWith(Deployed.IDS);
    }

    public static Answer of(Audit audit) {
        return new Answer(kind(audit), words(audit), audit.rollout(), audit.time());
    }

    /** What the audit says of a start that waited, by whatever command; empty where it says nothing of one. */
    public static Optional<String> dropped(Audit audit) {
        return audit.decision().equals("Dequeued") ? before(audit, "queued") : Optional.empty();
    }

    /**
     * The revision that somebody released (B47); empty where the audit says nothing of one. Who starts a held one by hand releases it as
     * well, and then it is started.
     */
    public static Optional<String> released(Audit audit) {
        return audit.decision().equals("RevisionReleased")
                        && audit.event() != null
                        && audit.event().type().equals("release")
                ? before(audit, "held")
                : Optional.empty();
    }

    private static Optional<String> before(Audit audit, String key) {
        return Optional.ofNullable(audit.before())
                .map(before -> before.get(key))
                .map(Object::toString);
    }

    /** Of the start that waited. */
    public static Answer drop(Audit audit) {
        return new Answer(Kind.DROPPED, words(audit), audit.rollout(), audit.time());
    }

    private static Kind kind(Audit audit) {
        return switch (audit.decision()) {
            case "Rejected" -> Kind.REFUSED;
            case "Ignored" ->
                audit.reason() != null && audit.reason().startsWith("duplicate") ? Kind.REPEATED : Kind.NEEDLESS;
            case "Started", "Enqueued" -> Kind.TAKEN;
            // beside them these say nothing of their own; alone they are all that comes of it
            default -> audit.event().type().equals("start") ? Kind.BACK : Kind.TAKEN;
        };
    }

    private static String words(Audit audit) {
        var shown = audit.errors().stream()
                .limit(PROBLEMS_SHOWN)
                .map(Answer::words)
                .filter(words -> audit.reason() == null || !audit.reason().contains(words))
                .map(words -> "; " + words)
                .collect(Collectors.joining());
        var more = audit.errors().size() - PROBLEMS_SHOWN;
        return Cut.to(LONGEST, audit.reason() + shown + (more > 0 ? "; and " + more + " more" : ""));
    }

    private static String words(Problem problem) {
        return (problem.pointer() + " " + problem.message()
                        + (problem.allowed().isEmpty() ? "" : " " + problem.allowed()))
                .strip();
    }

    /** What says more than the other: one command can lead to several decisions, and be sent twice. */
    public Answer and(Answer later) {
        return later.kind.compareTo(kind) < 0 || (later.kind == kind && kind == Kind.REFUSED) ? later : this;
    }
}
