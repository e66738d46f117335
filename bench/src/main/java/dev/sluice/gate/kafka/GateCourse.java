package dev.sluice.gate.kafka;

import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.core.Bounds;
import dev.sluice.gate.core.Decision;
import dev.sluice.gate.core.Decision.AnswerNeeded;
import dev.sluice.gate.core.Decision.CompletenessNeeded;
import dev.sluice.gate.core.Decision.Counted;
import dev.sluice.gate.core.Decision.Ignored;
import dev.sluice.gate.core.Decision.RebuildNeeded;
import dev.sluice.gate.core.Decision.VerdictReached;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.GateEvent.AnalysesChanged;
import dev.sluice.gate.core.GateEvent.CaughtUp;
import dev.sluice.gate.core.GateEvent.Complete;
import dev.sluice.gate.core.GateEvent.PartitionAssigned;
import dev.sluice.gate.format.MetricEvents;
import dev.sluice.gate.judge.StandardJudging;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.telemetry.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The parts of the gate that records pass through, put together as the loop of the service does, without its group: a topic that
 * was written before is judged as if it were live. In the gate's package, which shows these parts to nobody else.
 */
public final class GateCourse implements AutoCloseable {
    /** Far more than a lap needs: this is about time, not about what happens where there is no room. */
    private static final Bounds BOUNDS = new Bounds(
            Bounds.DEFAULT.pane(),
            Bounds.DEFAULT.keep(),
            Bounds.DEFAULT.history(),
            Bounds.DEFAULT.grace(),
            Bounds.DEFAULT.seriesPerTarget(),
            60_000_000,
            Bounds.DEFAULT.idsPerTarget(),
            Bounds.DEFAULT.openRuns());

    private final Meters meters = new Meters(new SimpleMeterRegistry());
    private final MetricTopics topics;
    private final Gate gate;
    private final Batch batch;
    private final Outbound outbound;
    private final int partitions;
    private final Map<Integer, Owned> owned = new java.util.HashMap<>();
    private final List<CompletenessNeeded> awaiting = new ArrayList<>();
    private List<Future<?>> sends = new ArrayList<>();
    private long kept;
    private long verdicts;
    private long parseNanos;
    private long coreNanos;

    public GateCourse(String bootstrapServers, String prefix, int partitions) {
        this.partitions = partitions;
        topics = new MetricTopics(prefix, partitions);
        gate = new Gate(BOUNDS, StandardJudging.create(), topics::partitionOf);
        outbound = new Outbound(
                producer(bootstrapServers),
                new DeadLetterLane(producer(bootstrapServers), prefix, meters, System::nanoTime),
                prefix,
                new Traces(Tracing.off()));
        batch = new Batch(new MetricEvents(), topics, outbound, new FreezeRules(Map::of), meters, Clock.systemUTC());
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** All partitions are owned and caught up, and the analyses are open, before the first record. */
    public void begin(Instant start, List<AnalysisSet> analyses) {
        for (int number = 0; number < partitions; number++) {
            var from = new ReadBack.Start(0, 0, 0, 0, Instant.EPOCH, Instant.EPOCH);
            owned.put(number, new Owned(number, Map.of(topics.metrics(number), from, topics.placed(number), from)));
            tell(new PartitionAssigned(number, Instant.EPOCH, Instant.EPOCH));
            tell(new CaughtUp(number));
        }
        analyses.forEach(set -> tell(new AnalysesChanged(set)));
    }

    /** As the service's loop; only that all events are known to be in as soon as that is asked for. */
    public void take(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            var begun = System.nanoTime();
            var sorted = batch.sort(partition, records.records(partition), owned.get(partition.partition()), sends);
            var parsed = System.nanoTime();
            sorted.refused().forEach(this::tell);
            tell(sorted.arrived());
            List.copyOf(awaiting).forEach(needed -> tell(new Complete(needed.partition(), needed.upTo())));
            parseNanos += parsed - begun;
            coreNanos += System.nanoTime() - parsed;
        }
        sends = new ArrayList<>();
    }

    private void tell(GateEvent event) {
        gate.on(event).forEach(this::carryOut);
        if (event instanceof Complete(var partition, var upTo)) {
            awaiting.remove(new CompletenessNeeded(partition, upTo));
        }
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case VerdictReached(var verdict) -> {
                sends.add(outbound.verdict(verdict));
                meters.verdict(verdict.outcome());
                verdicts++;
            }
            case CompletenessNeeded needed -> {
                if (!awaiting.contains(needed)) {
                    awaiting.add(needed);
                }
            }
            case AnswerNeeded needed -> throw new IllegalStateException("no query of the course asks a provider");
            case RebuildNeeded needed -> throw new IllegalStateException("nothing is older than the course");
            case Counted(var tally) -> {
                meters.count(tally);
                kept += tally.kept();
            }
            case Ignored ignored -> {}
        }
    }

    /** What holds the windows and the analyses. */
    public Gate core() {
        return gate;
    }

    /** Events that were taken into windows. */
    public long kept() {
        return kept;
    }

    public long verdicts() {
        return verdicts;
    }

    public long parseNanos() {
        return parseNanos;
    }

    public long coreNanos() {
        return coreNanos;
    }

    @Override
    public void close() {
        outbound.close();
    }
}
