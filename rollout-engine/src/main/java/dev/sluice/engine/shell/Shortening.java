package dev.sluice.engine.shell;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.Status;
import java.util.List;

/**
 * Makes a message that is too large for its topic smaller, one cut at a time, the least missed first. The database
 * keeps it whole.
 */
final class Shortening {
    private static final int MOST_ERRORS = 100;
    private static final int MOST_CHARS = 1000;

    private Shortening() {}

    /** The next smaller form; the same when nothing can be left out. */
    static Object of(Object message) {
        return switch (message) {
            case Audit audit -> of(audit);
            case Status status -> of(status);
            default -> message;
        };
    }

    private static Audit of(Audit audit) {
        if (audit.before() != null || audit.after() != null) {
            return with(audit, audit.reason(), audit.errors(), audit.event());
        }
        if (audit.errors().size() > MOST_ERRORS) {
            return with(audit, audit.reason(), audit.errors().subList(0, MOST_ERRORS), audit.event());
        }
        var errors = audit.errors().stream().map(Shortening::of).toList();
        var event = audit.event() == null
                ? null
                : new Audit.EventRef(
                        audit.event().type(),
                        audit.event().id(),
                        cut(audit.event().reason()),
                        audit.event().via());
        return with(audit, cut(audit.reason()), errors, event);
    }

    private static Problem of(Problem problem) {
        return new Problem(problem.pointer(), problem.message());
    }

    private static Audit with(Audit audit, String reason, List<Problem> errors, Audit.EventRef event) {
        return new Audit(
                audit.id(),
                audit.decision(),
                audit.application(),
                audit.target(),
                audit.rollout(),
                event,
                audit.actor(),
                reason,
                errors,
                null,
                null,
                audit.time());
    }

    private static Status of(Status status) {
        return new Status(
                status.rollout(),
                status.application(),
                status.target(),
                status.cluster(),
                status.revision(),
                status.stableRevision(),
                status.phase(),
                status.step(),
                status.steps(),
                status.stepKind(),
                status.weight(),
                status.routes(),
                status.active(),
                status.generation(),
                status.sequence(),
                status.version(),
                status.waitingFor(),
                null,
                status.drift(),
                status.degraded(),
                status.queued(),
                status.retryOf(),
                status.undoOf(),
                status.reasonCode(),
                cut(status.reason()),
                status.actor(),
                status.startedAt(),
                status.since(),
                status.nextAt(),
                status.updatedAt(),
                status.endedAt(),
                null,
                null,
                status.mirror(),
                status.labels(),
                status.trace(),
                status.observation());
    }

    private static String cut(String text) {
        if (text == null || text.length() <= MOST_CHARS) {
            return text;
        }
        return Cut.to(MOST_CHARS - 1, text) + "…";
    }
}
