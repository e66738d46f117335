package dev.sluice.engine.http;

import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.time.Duration;
import java.util.List;

/**
 * What a cluster's applier found in the way of one route, without writing anything.
 *
 * @param checked whether it answered in time; where it didn't, nothing is known
 * @param words what it comes to, for people
 * @param findings errors first, for each what to do; a rollout waits for errors to be mended and goes on in spite of warnings
 */
public record ClusterView(
        String target, String cluster, String route, boolean checked, String words, List<Finding> findings) {

    /** In the checks' order. */
    static List<ClusterView> of(List<WeightOrder> checks, List<WeightReport> reports, Duration waited) {
        return checks.stream().map(check -> of(check, reports, waited)).toList();
    }

    private static ClusterView of(WeightOrder check, List<WeightReport> reports, Duration waited) {
        return reports.stream()
                .filter(report ->
                        report.target().equals(check.target()) && report.route().equals(check.route()))
                .findFirst()
                .map(report -> of(check, true, report.reason(), report.findings()))
                .orElseGet(() -> of(check, false, silence(check, waited), List.of()));
    }

    private static String silence(WeightOrder check, Duration waited) {
        return "no applier answered for cluster " + check.cluster() + " within " + waited.toMillis()
                + " ms: see whether one that serves it is running, or ask again with a longer wait";
    }

    private static ClusterView of(WeightOrder check, boolean checked, String words, List<Finding> findings) {
        return new ClusterView(check.target(), check.cluster(), check.route(), checked, words, findings);
    }
}
