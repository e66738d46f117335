package dev.sluice.schemas.wire;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.util.List;

/**
 * The eight messages: where each travels, its record, its CloudEvents type and its JSON Schema.
 *
 * @param schema the word in {@code <schema>.schema.json} and in the folder of examples
 */
public record MessageType<T>(Topic topic, Class<T> type, String ceType, String schema) {
    public static final MessageType<Command> COMMAND = of(Topic.COMMANDS, Command.class, "command");
    /** Also what {@link Topic#METRICS_PLACED} carries. */
    public static final MessageType<MetricEvent> METRIC_EVENT = of(Topic.METRICS, MetricEvent.class, "metric-event");

    public static final MessageType<AnalysisSet> ANALYSIS_SET = of(Topic.ANALYSES, AnalysisSet.class, "analysis-set");
    public static final MessageType<Verdict> VERDICT = of(Topic.VERDICTS, Verdict.class, "verdict");
    public static final MessageType<WeightOrder> WEIGHT_ORDER = of(Topic.WEIGHTS, WeightOrder.class, "weight-order");
    public static final MessageType<WeightReport> WEIGHT_REPORT =
            of(Topic.WEIGHT_REPORTS, WeightReport.class, "weight-report");
    public static final MessageType<Status> STATUS = of(Topic.STATUS, Status.class, "status");
    public static final MessageType<Audit> AUDIT = of(Topic.AUDIT, Audit.class, "audit");

    public static final List<MessageType<?>> ALL =
            List.of(COMMAND, METRIC_EVENT, ANALYSIS_SET, VERDICT, WEIGHT_ORDER, WEIGHT_REPORT, STATUS, AUDIT);

    private static <T> MessageType<T> of(Topic topic, Class<T> type, String word) {
        return new MessageType<>(topic, type, "dev.sluice." + word + ".v1", word);
    }
}
