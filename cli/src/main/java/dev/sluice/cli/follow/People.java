package dev.sluice.cli.follow;

import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status;
import java.util.stream.Collectors;

/** Says where nothing goes on before a person has said something. */
public final class People {
    private People() {}

    /** Whether at least one target waits for a person, and no other moves by itself. */
    public static boolean alone(RolloutShown shown) {
        return shown.targets().stream().anyMatch(People::awaited)
                && shown.targets().stream().allMatch(status -> status.phase() != null && isStill(status));
    }

    public static boolean awaited(Status status) {
        return status.phase() == Phase.AWAITING_APPROVAL
                || (status.phase() == Phase.PAUSED
                        && (status.reasonCode() == ReasonCode.OPERATOR_PAUSED
                                || status.reasonCode() == ReasonCode.ANALYSIS_INCONCLUSIVE))
                || (status.reasonCode() == ReasonCode.FINALIZE_PENDING && !isSeen(status));
    }

    /** The active workload is looked at: it goes on by itself once that runs the revision. */
    private static boolean isSeen(Status status) {
        return status.waitingFor() != null
                && "workload".equals(status.waitingFor().kind());
    }

    /** Whether {@code approve} or {@code reject} is what is waited for: an approval, or a judgement left to people. */
    public static boolean asked(Status status) {
        return status.waitingFor() != null
                && "approval".equals(status.waitingFor().kind());
    }

    private static boolean isStill(Status status) {
        return status.phase().isFinal() || status.phase() == Phase.PENDING || awaited(status);
    }

    /** What each of them is to do. */
    public static String words(RolloutShown shown) {
        return shown.targets().stream()
                .filter(People::awaited)
                .map(status ->
                        status.target() + " waits for a person: " + status.reason() + " (" + todo(shown, status) + ")")
                .collect(Collectors.joining("\n"));
    }

    private static String todo(RolloutShown shown, Status status) {
        var command = status.phase() == Phase.AWAITING_APPROVAL
                ? "approve"
                : status.phase() == Phase.PAUSED ? "resume" : "finalize";
        return "sluice " + command + " " + shown.application() + " --target " + status.target();
    }
}
