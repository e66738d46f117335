package dev.sluice.engine.played;

import static org.awaitility.Awaitility.await;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everybody around the engine: who commands, an applier that applies what it is ordered, a gate. */
public final class World implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    public final Wire wire;
    private final MessageWriter writer = new MessageWriter("played", Topic.DEFAULT_PREFIX);
    private final Set<String> answered = new HashSet<>();

    public World(String bootstrapServers) {
        wire = new Wire(bootstrapServers);
    }

    public void command(String application, String json) {
        wire.send(Topic.COMMANDS, application, json);
    }

    /** Every order of this application that was not answered yet is applied. */
    public void apply(String application) {
        for (var check : checks(application)) {
            if (answered.add("check " + check.route() + "/" + check.deadline())) {
                report(check, WeightReport.Outcome.CHECKED);
            }
        }
        for (var order : orders(application)) {
            if (answered.add(order.route() + "/" + order.fence())) {
                report(order, WeightReport.Outcome.APPLIED);
            }
        }
    }

    public void report(WeightOrder order, WeightReport.Outcome outcome) {
        var report = new WeightReport(
                order.rollout(),
                order.application(),
                order.target(),
                order.route(),
                order.generation(),
                order.sequence(),
                order.weight(),
                outcome,
                null,
                "uid-1",
                new WeightReport.Endpoints(new WeightReport.Ready(2), new WeightReport.Ready(2)),
                null,
                Map.of(),
                false,
                null,
                null,
                null,
                null,
                List.of(),
                Instant.now());
        var id = order.route() + "/" + order.fence() + "/" + outcome;
        wire.send(writer.write(MessageType.WEIGHT_REPORT, report, id, report.time()));
    }

    /** What an applier finds in the way of what it is asked about. */
    public void answer(WeightOrder check, String reason, Finding... findings) {
        var report = WeightReport.checked(check, List.of(findings), reason, Instant.now());
        wire.send(
                writer.write(MessageType.WEIGHT_REPORT, report, check.rollout() + "/" + check.route(), report.time()));
    }

    public void verdict(AnalysisSet set, int run, Verdict.Outcome outcome) {
        var analysis = set.analyses().getFirst();
        var verdict = new Verdict(
                analysis.analysis() + "/" + run,
                set.rollout(),
                set.application(),
                set.target(),
                analysis.analysis(),
                run,
                outcome,
                null,
                List.of(),
                Instant.now());
        wire.send(writer.write(MessageType.VERDICT, verdict, verdict.id(), verdict.time()));
    }

    public List<WeightOrder> orders(String application) {
        return wire.values(Topic.WEIGHTS, application, WeightOrder.class).stream()
                .filter(order -> !order.check())
                .toList();
    }

    public List<WeightOrder> checks(String application) {
        return wire.values(Topic.WEIGHTS, application, WeightOrder.class).stream()
                .filter(WeightOrder::check)
                .toList();
    }

    public List<Weight> orderedWeights(String application) {
        return orders(application).stream().map(WeightOrder::weight).toList();
    }

    public List<AnalysisSet> analyses(String application) {
        return wire.values(Topic.ANALYSES, application, AnalysisSet.class);
    }

    public List<Audit> audit(String application) {
        return wire.values(Topic.AUDIT, application, Audit.class);
    }

    public List<String> decisions(String application, String event) {
        return audit(application).stream()
                .filter(audit -> event.equals(audit.event().id()))
                .map(Audit::decision)
                .toList();
    }

    public Optional<Status> status(String application) {
        return wire.values(Topic.STATUS, application, Status.class).stream().reduce((a, b) -> b);
    }

    /** Waits for a phase, while the applier applies everything. */
    public Status awaitPhase(String application, Phase phase) {
        return await(phase + " of " + application)
                .atMost(LONGEST)
                .until(
                        () -> {
                            apply(application);
                            return status(application).orElse(null);
                        },
                        status -> status != null && status.phase() == phase);
    }

    /** Waits until a command has led to something. */
    public List<String> awaitDecisions(String application, String event) {
        return await("decisions of " + event)
                .atMost(LONGEST)
                .until(() -> decisions(application, event), decisions -> !decisions.isEmpty());
    }

    @Override
    public void close() {
        wire.close();
    }
}
