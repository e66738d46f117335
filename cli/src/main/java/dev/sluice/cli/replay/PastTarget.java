package dev.sluice.cli.replay;

import dev.sluice.cli.replay.Past.Assessed;
import dev.sluice.cli.replay.Past.Ending;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** One target's story while the audit is read. The same decision again changes nothing. */
final class PastTarget {
    private static final Set<String> ENDS = Set.of("Promoted", "RolledBack", "Failed", "Cancelled");

    private final String rollout;
    private final String target;
    private final NavigableMap<Instant, Weight> course = new TreeMap<>();
    private String revision;
    private String stableRevision;
    private boolean hasRevisions;
    private boolean isFirst;
    private Instant begun;
    private Instant ended;
    private String end;
    private Instant asked;
    private Audit back;
    /** Promoted, and what was asked for after that failed. */
    private Audit failedAfter;

    PastTarget(String rollout, String target) {
        this.rollout = rollout;
        this.target = target;
    }

    boolean hasBegun() {
        return begun != null;
    }

    boolean isOver() {
        return ended != null;
    }

    Instant begun() {
        return begun;
    }

    void decided(Audit decision) {
        var name = decision.decision();
        var after = decision.after() == null ? Map.<String, Object>of() : decision.after();
        carried(decision.time(), after.get("applied"));
        switch (name) {
            case "Began" -> begun = begun == null ? decision.time() : begun;
            case "FirstDeployment" -> isFirst = true;
            case "JudgementAsked" -> asked = decision.time();
            case "RollbackBegan" -> back = back == null ? decision : back;
            case "Promoted" -> failedAfter = Boolean.TRUE.equals(after.get("blocks")) ? decision : null;
            default -> {} // says no more than its weight
        }
        if (ENDS.contains(name)) {
            end = name;
            ended = decision.time();
        }
        if (after.containsKey("revision")) {
            hasRevisions = true;
            revision = text(after.get("revision"));
            stableRevision = text(after.get("stableRevision"));
        }
    }

    private void carried(Instant time, Object weight) {
        if (weight instanceof Number number) {
            var percent = new BigDecimal(number.toString()).setScale(2, RoundingMode.HALF_UP);
            var last = course.floorEntry(time);
            if (last == null || !last.getValue().equals(Weight.of(percent))) {
                course.put(time, Weight.of(percent));
            }
        }
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    /** @param assessed null: nobody said anything */
    Past told(Assessed assessed) {
        var ending = ending();
        return new Past(
                rollout,
                target,
                revision,
                stableRevision,
                hasRevisions,
                begun,
                ended,
                ending,
                assessed,
                course,
                found(ending),
                words(ending));
    }

    private Ending ending() {
        if (end == null) {
            return Ending.UNDER_WAY;
        }
        return switch (end) {
            case "Promoted" -> isFirst ? Ending.FIRST_DEPLOYMENT : promoted();
            case "RolledBack" -> wentBack();
            case "Cancelled" -> Ending.CANCELLED;
            default -> Ending.FAILED;
        };
    }

    private Ending promoted() {
        if (failedAfter == null) {
            return Ending.PROMOTED;
        }
        return isByItsOwnVerdict(failedAfter) ? Ending.AFTER_DEPLOYMENT_FAILED : Ending.FAILED;
    }

    private Ending wentBack() {
        if (isFirst) {
            return Ending.FIRST_DEPLOYMENT;
        }
        var by = back == null || back.event() == null ? "" : back.event().type();
        return switch (by) {
            case "verdict" -> isByItsOwnVerdict(back) ? Ending.ROLLED_BACK : Ending.WENT_BACK;
            case "reject" -> asked == null ? Ending.ABORTED : Ending.ROLLED_BACK;
            case "abort" -> Ending.ABORTED;
            default -> Ending.WENT_BACK;
        };
    }

    /** A verdict's id begins with its rollout and target. */
    private boolean isByItsOwnVerdict(Audit decision) {
        var by = decision.event();
        return by != null
                && by.type().equals("verdict")
                && by.id() != null
                && by.id().startsWith(rollout + "/" + target + "/");
    }

    /** Null where what was measured didn't end it. */
    private Instant found(Ending ending) {
        return switch (ending) {
            case ROLLED_BACK -> back.event().type().equals("reject") ? asked : back.time();
            case AFTER_DEPLOYMENT_FAILED -> failedAfter.time();
            default -> null;
        };
    }

    private String words(Ending ending) {
        return ending == Ending.AFTER_DEPLOYMENT_FAILED ? failedAfter.reason() : back == null ? null : back.reason();
    }
}
