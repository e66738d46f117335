package dev.sluice.sandbox.parts;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker in this JVM: one KRaft node that is broker and controller, reachable on the loopback address.
 * Topics are never created by accident, and a consumer group assembles without delay.
 */
public final class KafkaPart implements AutoCloseable {
    private static final int NODE_ID = 1;

    private final int port;
    private final int controllerPort;
    private final Folder logs;
    private final Map<String, String> settings;
    private KafkaRaftServer server;

    private KafkaPart(int port, Folder logs, Map<String, String> settings) {
        this.port = port;
        this.controllerPort = FreePort.any();
        this.logs = logs;
        this.settings = settings;
    }

    /** Starts a broker on a free port with a log folder that goes when it is closed. */
    public static KafkaPart start() {
        return start(Map.of());
    }

    /** The same with settings of the broker in place of those below, such as who may do what; its listener is {@code PLAINTEXT}. */
    public static KafkaPart start(Map<String, String> settings) {
        return started(new KafkaPart(FreePort.any(), Folder.temporary("kafka"), settings));
    }

    /** Starts a broker on this port, with what an earlier one left in {@code logFolder}. */
    public static KafkaPart start(int port, Path logFolder) {
        return started(new KafkaPart(port, Folder.given(logFolder), Map.of()));
    }

    private static KafkaPart started(KafkaPart part) {
        QuietLogs.of("kafka", "org.apache.kafka", "state.change.logger", "com.yammer.metrics");
        // A first start always has an empty metadata log; the controller warns of it.
        QuietLogs.errorsOnly("org.apache.kafka.controller.QuorumController");
        part.format();
        part.resume();
        return part;
    }

    /** {@code host:port}, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    public int port() {
        return port;
    }

    /** Ends the broker and keeps its port and log, so that {@link #resume} brings the same one back. */
    public void pause() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Brings a paused broker back. */
    public void resume() {
        if (server == null) {
            server = new KafkaRaftServer(KafkaConfig.fromProps(properties(), false), Time.SYSTEM);
            server.startup();
        }
    }

    @Override
    public void close() {
        pause();
        logs.discard();
    }

    private void format() {
        try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(logs.path().toString())
                    .setMetadataLogDirectory(logs.path().toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot format Kafka's log folder " + logs.path(), e);
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@localhost:" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort),
                "advertised.listeners",
                "PLAINTEXT://localhost:" + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs",
                logs.path().toString()));
        properties.putAll(Map.of(
                "auto.create.topics.enable", "false",
                "group.initial.rebalance.delay.ms", "0",
                "offsets.topic.num.partitions", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1"));
        // Made for a developer's machine: the cleaner's default buffer alone is 128 MiB.
        properties.putAll(Map.of(
                "log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20),
                "log.index.size.max.bytes", Integer.toString(1 << 20),
                "group.min.session.timeout.ms", "500"));
        properties.putAll(settings);
        return properties;
    }
}
