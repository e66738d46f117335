package dev.sluice.gate.kafka;

import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.Judging;
import dev.sluice.gate.format.MetricEvents;
import dev.sluice.gate.source.MetricProviders;
import dev.sluice.schemas.Topic;
import dev.sluice.telemetry.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** One life of the gate, from connecting to leaving: everything in it is made anew when the brokers were lost. */
final class Session implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final GateConfig config;
    private final Judging judging;
    private final MetricProviders providers;
    private final FreezeRules freezes;
    private final Meters meters;
    private final Clock clock;
    private final KafkaConsumer<byte[], byte[]> metrics;
    private final KafkaConsumer<byte[], byte[]> forerunner;
    private final KafkaConsumer<byte[], byte[]> analyses;
    private final Broker broker;
    private final Outbound outbound;
    private final Mailbox mailbox;
    private final AnalysesReader reader;
    private final Thread follower;
    private volatile MetricsLoop loop;

    Session(
            Clients clients,
            GateConfig config,
            Judging judging,
            MetricProviders providers,
            FreezeRules freezes,
            Meters meters,
            Clock clock,
            Tracing tracing) {
        this.config = config;
        this.judging = judging;
        this.providers = providers;
        this.freezes = freezes;
        this.meters = meters;
        this.clock = clock;
        var prefix = config.topics().prefix();
        metrics = clients.metrics();
        forerunner = clients.forerunner();
        analyses = clients.analyses();
        broker = new Broker(
                clients.admin(), config.group(), config.gate().formats().keySet(), config.formatsGroup());
        var traces = new Traces(tracing);
        outbound = new Outbound(
                clients.producer(),
                new DeadLetterLane(clients.deadLetters(), prefix, meters, System::nanoTime),
                prefix,
                traces);
        mailbox = new Mailbox(metrics::wakeup);
        reader = new AnalysesReader(analyses, prefix, mailbox, outbound, traces, clock);
        follower = Thread.ofPlatform().name("sluice-gate-analyses").unstarted(reader::follow);
    }

    /** Until stopped; an exception means that the brokers were lost. */
    void run(BooleanSupplier goOn) {
        loop = loop();
        reader.catchUp();
        follower.start();
        loop.run(goOn);
    }

    private MetricsLoop loop() {
        var prefix = config.topics().prefix();
        var partitions =
                TopicCheck.commonPartitions(metrics, Topic.METRICS.name(prefix), Topic.METRICS_PLACED.name(prefix));
        broker.findForeignPartitions();
        broker.requireAppendTime(Topic.METRICS.name(prefix));
        var topics = new MetricTopics(prefix, partitions);
        var bounds = config.gate().bounds();
        var gate = new Gate(bounds, judging, topics::partitionOf, FreezeRules::isRule);
        var batch = new Batch(new MetricEvents(), topics, outbound, freezes, meters, clock);
        return new MetricsLoop(
                metrics,
                topics,
                gate,
                batch,
                new Forerunner(forerunner, batch),
                new ReadBack(broker, bounds, clock),
                new Completeness(broker, topics, clock, config.gate().completeWithin(), mailbox::wake),
                outbound,
                mailbox,
                new Ticks(gate, topics, outbound, mailbox, clock),
                new Asker(providers, mailbox, config.gate().answerWithin()),
                new AlertRepeats(gate, topics, outbound, clock),
                new AlertFreezes(gate, outbound),
                meters);
    }

    /** What keeps this session from judging everything; empty where nothing does. */
    Optional<String> obstacle() {
        var running = loop;
        return reader.obstacle().or(() -> running == null ? Optional.empty() : running.obstacle());
    }

    /** From another thread: whatever it does, it ends soon. */
    void stop() {
        reader.stop();
        mailbox.wake();
    }

    /** Leaves the group, so that others take over at once, and flushes what was sent. */
    @Override
    public void close() {
        reader.stop();
        try {
            follower.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        metrics.close(CloseOptions.timeout(CLOSE_WITHIN));
        forerunner.close(CloseOptions.timeout(CLOSE_WITHIN));
        outbound.close();
        broker.close();
        analyses.close(CloseOptions.timeout(CLOSE_WITHIN));
    }
}
