package dev.sluice.cli.follow;

import dev.sluice.cli.Exit;
import dev.sluice.cli.engine.PastRollout;
import dev.sluice.cli.engine.PastRollout.PastTarget;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a rollout ended.
 *
 * @param targets all of them
 */
public record Ending(String rollout, List<PastTarget> targets) {
    /** Where targets ended differently, the first of these that one of them ended with is the rollout's. */
    private static final List<Exit> HEAVIEST_FIRST = List.of(Exit.ROLLED_BACK, Exit.ABORTED, Exit.ERROR, Exit.CONFLICT);

    /** @param exit what a pipeline branches on */
    public record Shown(String rollout, int exit, List<PastTarget> targets) {}

    public static Ending of(PastRollout past) {
        return new Ending(past.rollout(), past.targets().isEmpty() ? List.of(whole(past)) : past.targets());
    }

    /** An earlier version of Sluice kept nothing but the rollout's one phase. */
    private static PastTarget whole(PastRollout past) {
        var phase = Stream.of(Phase.values())
                .filter(one -> one.word().equals(past.phase()))
                .findFirst()
                .orElse(null);
        return new PastTarget("all", null, phase, 0, 0, null, null, past.actor(), 0, past.endedAt(), null);
    }

    public Shown shown() {
        return new Shown(rollout, exit().code(), targets);
    }

    public Exit exit() {
        var ends = targets.stream().map(Ending::exit).collect(Collectors.toSet());
        return HEAVIEST_FIRST.stream().filter(ends::contains).findFirst().orElseGet(this::ofFollowers);
    }

    /** Nobody is left who ended by anything of their own. */
    private Exit ofFollowers() {
        return targets.stream().allMatch(target -> target.phase() == Phase.PROMOTED) ? Exit.DONE : Exit.ERROR;
    }

    /** Null where a target only went along with another one. */
    private static Exit exit(PastTarget target) {
        var code = target.reasonCode();
        if (target.phase() == Phase.PROMOTED && code != ReasonCode.AFTER_DEPLOYMENT_FAILED) {
            return Exit.DONE;
        }
        return code == null ? Exit.ERROR : exit(code);
    }

    private static Exit exit(ReasonCode code) {
        return switch (code) {
            case ANALYSIS_FAILED,
                    WEBHOOK_FAILED,
                    APPROVAL_EXPIRED,
                    ENDPOINTS_LOST,
                    WORKLOAD_CHANGED,
                    AFTER_DEPLOYMENT_FAILED -> Exit.ROLLED_BACK;
            case ABORTED, REJECTED, TAKEN_BACK, ABANDONED -> Exit.ABORTED;
            case SUPERSEDED, ROUTE_TAKEN_OVER -> Exit.CONFLICT;
            case GROUP_WENT_BACK, DEPENDENCY_FAILED -> null;
            default -> Exit.ERROR;
        };
    }

    public String words() {
        return targets.stream()
                .map(target -> "%s: %s%s"
                        .formatted(
                                target.target(),
                                target.phase() == null ? "?" : target.phase().word(),
                                target.reason() == null ? "" : ": " + target.reason()))
                .collect(Collectors.joining("\n"));
    }
}
