package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.MessageWriter;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emit-metric} */
@Command(
        name = "emit-metric",
        description =
                "Publishes one metric event, to try an analysis by hand: by a metrics-gate's entrance, where --url or SLUICE_GATE_URL says "
                        + "where that is, else straight to Kafka (--bootstrap).",
        footer = {
            "%nExample:",
            "  sluice emit-metric shop/checkout --target prod --variant canary --metric http_requests --count 100 --label code=503",
            "  sluice emit-metric shop/checkout --url http://metrics-gate:8080 --target prod --revision 1.4.2 --metric queue_depth --value 17"
        })
final class EmitMetric implements Callable<Integer> {
    @Parameters(paramLabel = "APPLICATION", description = "Such as shop/checkout.")
    String application;

    @Option(names = "--target", required = true, paramLabel = "TARGET", description = "Which target.")
    String target;

    @Option(names = "--metric", required = true, paramLabel = "METRIC", description = "Such as http_requests.")
    String metric;

    @ArgGroup(multiplicity = "1")
    Whose whose;

    @ArgGroup(multiplicity = "1")
    Amount amount;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "A label of the series; may be given several times.")
    Map<String, String> labels = Map.of();

    /** One of both. */
    static final class Whose {
        @Option(names = "--variant", paramLabel = "VARIANT", description = "stable or canary.")
        String variant;

        @Option(names = "--revision", paramLabel = "REVISION", description = "Instead of the variant.")
        String revision;
    }

    /** One of these. */
    static final class Amount {
        @Option(names = "--count", paramLabel = "N", description = "So many events more.")
        Double count;

        @Option(names = "--value", paramLabel = "NUMBER", description = "A sample.")
        Double value;
    }

    private final Session session;

    EmitMetric(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        if (whose.variant != null && !whose.variant.equals("stable") && !whose.variant.equals("canary")) {
            throw new Stop(Exit.INVALID, "--variant is stable or canary, not '" + whose.variant + "'");
        }
        var now = Instant.now();
        var id = UUID.randomUUID().toString();
        var event = new MetricEvent(
                Application.checked(application),
                target,
                whose.variant,
                whose.revision,
                metric,
                now,
                amount.count,
                amount.value,
                null,
                labels,
                null,
                id);
        publish(event, id);
        session.printer().print(event, () -> "published");
        return Exit.DONE.code();
    }

    private void publish(MetricEvent event, String id) throws Stop {
        var gate = session.gate();
        if (gate.isEmpty()) {
            var brokers = session.brokers();
            brokers.send(new MessageWriter("sluice-cli", brokers.prefix())
                    .write(MessageType.METRIC_EVENT, event, id, event.time()));
            return;
        }
        try (var calls = gate.get()) {
            calls.postJson("/api/metrics", Json.mapper().valueToTree(event).toString());
        }
    }
}
