package dev.sluice.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * The file of every rollout: from 10 % to 90 % in steps of 5 with an approval after each, and beside them one background
 * analysis that judges the canary's errors as events arrive.
 */
public final class RolloutFile {
    private static final int FIRST_PERCENT = 10;
    private static final int STEP_PERCENT = 5;
    private static final int RAISES = 17;
    private static final int STEPS_PER_RAISE = 2;

    private static final String TEMPLATE = """
            version: v1
            kind: kubernetes
            rolloutConfig:
              timeout: {duration: 600, unit: seconds}
            targets:
              local: {cluster: local, namespace: bench, strategy: approved}
            strategies:
              approved:
                canary:
                  steps: []
                  analysis: {units: seconds, queries: [error-rate]}
            analysis:
              defaultMetricProviderName: events
              queries:
                - name: error-rate
                  ratio:
                    numerator: {metric: http_requests, labels: {code: "5.."}}
                    denominator: {metric: http_requests}
                  upperLimit: 0.01
                  minimumSamples: 50
                  evaluation: continuous
                  onInconclusive: continue
            trafficManagement:
              - smi: []
            """;

    private final ObjectNode shape;

    /** @param interval of the background analysis' runs, in whole seconds */
    public RolloutFile(Duration interval) {
        try {
            shape = (ObjectNode) new YAMLMapper().readTree(TEMPLATE);
        } catch (IOException e) {
            throw new UncheckedIOException("the template is YAML", e);
        }
        ((ObjectNode) shape.at("/strategies/approved/canary/analysis")).put("interval", interval.toSeconds());
        var steps = shape.withArray("/strategies/approved/canary/steps");
        IntStream.range(0, RAISES).forEach(raise -> {
            steps.addObject().putObject("setWeight").put("weight", percent(raise));
            steps.addObject().putObject("pause").put("untilApproved", true);
        });
    }

    /** As JSON, for the application of this root Service. */
    JsonNode of(String service) {
        var file = shape.deepCopy();
        file.put("application", Names.application(service));
        file.withArray("/trafficManagement/0/smi")
                .addObject()
                .put("rootServiceName", service)
                .put("activeServiceName", service)
                .put("canaryServiceName", Names.canaryService(service))
                .put("trafficSplitName", service);
        return file;
    }

    /** The weight after so many approvals. */
    static int percent(int approvals) {
        return FIRST_PERCENT + STEP_PERCENT * approvals;
    }

    /** The number of the step that waits for the next approval, from 1. */
    static int waitingStep(int approvals) {
        return STEPS_PER_RAISE * (approvals + 1);
    }

    /** Whether another approval leads to another weight that is awaited here. */
    static boolean hasNext(int approvals) {
        return approvals + 1 < RAISES;
    }
}
