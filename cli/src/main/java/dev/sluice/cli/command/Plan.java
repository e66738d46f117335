package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Read;
import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.cli.engine.http.HttpCalls;
import dev.sluice.cli.plan.PlanPage;
import dev.sluice.cli.plan.PlanShown;
import dev.sluice.schemas.message.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan} */
@Command(
        name = "plan",
        description =
                "Shows what a rollout file would come to, and what a start would lead to now; begins nothing. Asks the "
                        + "engine, never Kafka.",
        footer = {
            "%nExit codes of plan: 0 nothing to do, 1 would change something, 2 not valid, 3 would be rejected now.",
            "Example, for a pull request: sluice plan -f rollout.yaml --cluster --output markdown"
        })
final class Plan implements Callable<Integer> {
    /** As diff and `flux diff` have it. */
    private static final int WOULD_CHANGE = 1;

    @Mixin
    WrittenRollout written;

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            description = "What would be rolled out; where every target runs it already there is nothing to do.")
    String revision;

    @Option(names = "--cluster", description = "Ask the appliers, too, what stands in the way; nothing is written.")
    boolean cluster;

    private final Session session;

    Plan(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var rollout = written.read();
        try (var calls = session.http()) {
            var plan = Read.MAPPER.convertValue(
                    calls.post("/api/plan", parameters(), rollout.toString()), PlanShown.class);
            var isThere = isThere(calls, plan);
            session.printer().print(plan, () -> PlanPage.of(plan, revision, words(plan, isThere)));
            return plan.wouldBeRejected()
                    ? Exit.CONFLICT.code()
                    : plan.wouldBeIgnored() || isThere ? Exit.DONE.code() : WOULD_CHANGE;
        }
    }

    private Map<String, Object> parameters() {
        var parameters = new LinkedHashMap<String, Object>();
        if (written.targets != null) {
            parameters.put("targets", written.targets);
        }
        if (revision != null) {
            parameters.put("revision", revision);
        }
        if (cluster) {
            parameters.put("cluster", true);
        }
        return parameters;
    }

    private boolean isThere(HttpCalls calls, PlanShown plan) throws Stop {
        if (revision == null) {
            return false;
        }
        var shown = calls.get("/api/rollouts/" + plan.application(), Map.of())
                .map(found -> Read.MAPPER.convertValue(found, RolloutShown.class));
        return shown.isPresent()
                && plan.targets().stream()
                        .allMatch(target -> shown.get()
                                .target(target.target())
                                .filter(status ->
                                        status.phase() == Phase.PROMOTED && revision.equals(status.revision()))
                                .isPresent());
    }

    private String words(PlanShown plan, boolean isThere) {
        if (plan.wouldBeRejected()) {
            return "A start would be rejected now: " + plan.now().getFirst().reason();
        }
        if (plan.wouldBeIgnored()) {
            return "Nothing to do: " + plan.now().getFirst().reason();
        }
        return isThere
                ? "Nothing to do: every target was promoted to " + revision + " by its last rollout"
                : "A start would begin a rollout of " + plan.targets().size()
                        + (plan.targets().size() == 1 ? " target" : " targets");
    }
}
