package dev.sluice.sandbox.e2e;

import dev.sluice.sandbox.Platform;
import dev.sluice.sandbox.Services;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.sandbox.demo.StatusFeed;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.PrometheusPart;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Everything at once, as it runs in production: the platform and the three services from their packaged jars, one for
 * all end-to-end tests of a JVM. Each test has an application of its own.
 */
record World(
        Platform platform,
        Services services,
        StatusFeed feed,
        KafkaProducer<byte[], byte[]> producer,
        Exporter exporter,
        SpanReceiver spans) {
    /** What {@code {{secrets.hook}}} stands for. */
    static final String HOOK_SECRET = "nobody-else-knows-this";

    /** Large enough for messages that are too large. */
    private static final int MAX_REQUEST_BYTES = 8 << 20;

    private static final class Running {
        private static final World WORLD = start();
    }

    static World running() {
        return Running.WORLD;
    }

    /** The checkout that is under test. */
    static final Path ROOT = Path.of(System.getProperty("sandbox.root", "../.."))
            .toAbsolutePath()
            .normalize();

    private static World start() {
        return start(ROOT, ROOT.resolve("sandbox/app/target/e2e"), Map.of());
    }

    /**
     * Another one, for a test that needs one to itself.
     *
     * @param root the checkout whose services run in it
     * @param more environment variables of its services
     */
    static World start(Path root, Path folder, Map<String, String> more) {
        var choice = KubernetesPart.Choice.of(System.getProperty("sandbox.kubernetes", "auto"));
        var platform = Platform.start(FreePort.any(), folder, choice);
        KubernetesPart.createNamespaces(platform.client(), List.of(Trial.NAMESPACE));
        System.out.printf(
                "[e2e] Kubernetes: %s, logs in %s%n", platform.kubernetes().describe(), folder);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
        var exporter = new Exporter();
        var ports = Stream.of(SluiceService.values())
                .collect(Collectors.toMap(service -> service, service -> FreePort.any()));
        var settings = new HashMap<>(gateSettings(exporter));
        settings.putAll(engineSettings(ports.get(SluiceService.ENGINE)));
        var spans = new SpanReceiver();
        settings.putAll(tracing(spans));
        settings.putAll(more);
        var services =
                Services.start(platform, root, folder.resolve("logs"), ports::get, service -> Services.SMALL, settings);
        Runtime.getRuntime().addShutdownHook(new Thread(services::close));
        return new World(
                platform,
                services,
                new StatusFeed(platform.kafka().bootstrapServers()),
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                platform.kafka().bootstrapServers(),
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                MAX_REQUEST_BYTES),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()),
                exporter,
                spans);
    }

    private static Map<String, String> tracing(SpanReceiver spans) {
        return Map.of(
                "QUARKUS_OTEL_SDK_DISABLED", "false",
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", spans.url(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "500ms");
    }

    /** Webhooks of this machine may be called, and call back. */
    private static Map<String, String> engineSettings(int port) {
        return Map.of(
                "SLUICE_WEBHOOKS_PUBLIC_URL",
                "http://localhost:" + port,
                "SLUICE_WEBHOOKS_NETWORKS",
                "127.0.0.0/8,::1/128",
                "SLUICE_SECRETS_HOOK",
                HOOK_SECRET);
    }

    /** A Prometheus that may be asked, where there is one, and a way in for OpenTelemetry. */
    private static Map<String, String> gateSettings(Exporter exporter) {
        var settings = new HashMap<>(Map.of(
                "SLUICE_GATE_WAYS_IN_OTLP_PRESET", "otel",
                "SLUICE_GATE_WAYS_IN_OTLP_APPLICATION", "e2e/{service.name}",
                "SLUICE_GATE_WAYS_IN_OTLP_TARGET", Trial.TARGET,
                "SLUICE_GATE_WAYS_IN_OTLP_CANARY", "service.version=1\\.1\\..*"));
        if (PrometheusPart.available()) {
            var prometheus = PrometheusPart.start("", List.of(exporter.address()));
            Runtime.getRuntime().addShutdownHook(new Thread(prometheus::close));
            settings.put("SLUICE_GATE_PROVIDERS_PROMETHEUS_TYPE", "prometheus");
            settings.put("SLUICE_GATE_PROVIDERS_PROMETHEUS_URL", prometheus.url());
        }
        return settings;
    }
}
