package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.engine.PastRollout;
import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What an engine says, made short for tests. */
final class Said {
    static final String APPLICATION = "shop/checkout";
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final AtomicLong VERSIONS = new AtomicLong();

    private Said() {}

    static Status status(String rollout, String target, Phase phase, ReasonCode code, int step) {
        return new Status(
                rollout,
                APPLICATION,
                target,
                "prod",
                "1.4.2",
                "1.4.1",
                phase,
                step,
                4,
                "pause",
                new Status.Weights(Weight.percent(10), Weight.percent(10), null),
                List.of(),
                "checkout",
                1,
                2,
                VERSIONS.incrementAndGet(),
                awaited(phase, code),
                null,
                null,
                false,
                null,
                null,
                null,
                code,
                "because of " + code.word(),
                "alice",
                NOON,
                NOON,
                null,
                NOON,
                phase.isFinal() ? NOON : null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Status waitingFor(Status status, Status.WaitingFor what) {
        var tree = (ObjectNode) Json.mapper().valueToTree(status);
        tree.set("waitingFor", Json.mapper().valueToTree(what));
        return Json.mapper().convertValue(tree, Status.class);
    }

    private static Status.WaitingFor awaited(Phase phase, ReasonCode code) {
        return phase == Phase.AWAITING_APPROVAL
                ? new Status.WaitingFor("approval", null, List.of(), null)
                : code == ReasonCode.FINALIZE_PENDING
                        ? new Status.WaitingFor("command", "finalize", List.of(), null)
                        : null;
    }

    static RolloutShown rollout(String id, Status... targets) {
        return new RolloutShown(APPLICATION, id, "1.4.2", "alice", NOON, null, List.of(targets), Map.of());
    }

    static RolloutShown rollout(String id, Phase phase, ReasonCode code) {
        return rollout(id, status(id, "prod", phase, code, 2));
    }

    static PastRollout past(String id, Phase phase, ReasonCode code) {
        var end = PastRollout.PastTarget.of(status(id, "prod", phase, code, 2));
        return new PastRollout(id, "1.4.2", phase.word(), "alice", NOON, NOON, null, List.of(end));
    }

    static Audit decision(String name, String target, String reason, Problem... errors) {
        var event = new Audit.EventRef("command", "c1", null);
        return new Audit(
                "a1", name, APPLICATION, target, "r1", event, "alice", reason, List.of(errors), null, null, NOON);
    }
}
