package dev.sluice.gate.kafka;

import dev.sluice.gate.core.Decision;
import dev.sluice.gate.core.Decision.AnswerNeeded;
import dev.sluice.gate.core.Decision.CompletenessNeeded;
import dev.sluice.gate.core.Decision.Counted;
import dev.sluice.gate.core.Decision.Ignored;
import dev.sluice.gate.core.Decision.RebuildNeeded;
import dev.sluice.gate.core.Decision.VerdictReached;
import dev.sluice.gate.core.Gate;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.GateEvent.TimeReached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The one thread that owns the windows: polls, tells the core, does what it decides. A batch is judged as soon as it is
 * there and its verdicts are sent at once; nothing on that way waits for a timer.
 */
final class MetricsLoop {
    private static final Logger LOG = Logger.getLogger(MetricsLoop.class);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
    private static final Duration POLL_WHILE_BUSY = Duration.ofMillis(10);

    private final Map<TopicPartition, String> held = new ConcurrentHashMap<>();
    private final Consumer<byte[], byte[]> consumer;
    private final MetricTopics topics;
    private final Gate gate;
    private final Batch batch;
    private final Forerunner forerunner;
    private final Ownership ownership;
    private final Commits commits;
    private final Completeness completeness;
    private final Ticks ticks;
    private final Asker asker;
    private final AlertRepeats repeats;
    private final AlertFreezes freezes;
    private final Outbound outbound;
    private final Mailbox mailbox;
    private final Meters meters;
    private List<Future<?>> sends = new ArrayList<>();

    MetricsLoop(
            Consumer<byte[], byte[]> consumer,
            MetricTopics topics,
            Gate gate,
            Batch batch,
            Forerunner forerunner,
            ReadBack readBack,
            Completeness completeness,
            Outbound outbound,
            Mailbox mailbox,
            Ticks ticks,
            Asker asker,
            AlertRepeats repeats,
            AlertFreezes freezes,
            Meters meters) {
        this.consumer = consumer;
        this.topics = topics;
        this.gate = gate;
        this.batch = batch;
        this.forerunner = forerunner;
        this.commits = new Commits(consumer);
        this.completeness = completeness;
        this.ownership = new Ownership(consumer, topics, readBack, gate, commits, completeness, this::tell);
        this.ticks = ticks;
        this.asker = asker;
        this.repeats = repeats;
        this.freezes = freezes;
        this.outbound = outbound;
        this.mailbox = mailbox;
        this.meters = meters;
    }

    /** @param goOn asked before each turn */
    void run(BooleanSupplier goOn) {
        mailbox.drain(this::tell);
        consumer.subscribe(topics.names(), ownership);
        while (goOn.getAsBoolean()) {
            take(poll());
            forerunner.run(ownership.behind(), sends);
            held.keySet().removeIf(partition -> ownership.get(partition.partition()) == null);
            mailbox.drain(this::tell);
            ticks.sendDue(ownership.numbers());
            repeats.sendDue(ownership.numbers(), sends);
            freezes.liftDue(ownership.numbers(), sends);
            completeness.advance(ownership::get, this::tell);
            commits.batchTaken(ownership.handled(), sends);
            sends = new ArrayList<>();
            meters.partitions(ownership.numbers().size());
        }
        commits.flush();
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(patience());
        } catch (WakeupException somethingHappened) {
            return ConsumerRecords.empty();
        }
    }

    private Duration patience() {
        var patience = commits.isWaiting() || forerunner.isRunning() ? POLL_WHILE_BUSY : LONGEST_POLL;
        patience = shorter(patience, ticks.untilDue(ownership.numbers()).orElse(patience));
        patience = shorter(patience, completeness.nextLook().map(ticks::until).orElse(patience));
        return patience.isNegative() ? Duration.ZERO : patience;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            var owned = ownership.get(partition.partition());
            var sorted = batch.sort(partition, records.records(partition), owned, sends);
            sorted.refused().forEach(this::tell);
            tell(sorted.arrived());
            sorted.alerts().forEach(this::hear);
            if (sorted.tooNew() != null) {
                hold(partition, sorted.tooNew());
            }
        }
        ownership.positionsTaken();
    }

    /**
     * Neither dropped nor a dead letter: what follows is not read here, so that its runs are not complete, until a version
     * that knows it has the partition (B42).
     */
    private void hold(TopicPartition partition, Batch.TooNew tooNew) {
        consumer.seek(partition, tooNew.offset());
        consumer.pause(Set.of(partition));
        if (held.put(partition, tooNew.reason()) == null) {
            LOG.errorf(
                    "metric events are of a later version and are left to it source=%s/%d reason=%s",
                    partition, tooNew.offset(), tooNew.reason());
        }
    }

    private void readAgain(int number) {
        topics.both(number).forEach(partition -> {
            if (held.remove(partition) != null && consumer.assignment().contains(partition)) {
                consumer.resume(Set.of(partition));
            }
        });
    }

    /** Why metric events of some partition are left to a later version; empty where none are. */
    Optional<String> obstacle() {
        return held.entrySet().stream()
                .findFirst()
                .map(left -> "the events of " + left.getKey() + " are of a later version: " + left.getValue());
    }

    private void hear(Batch.Said said) {
        tell(said.heard());
        freezes.hear(said, sends);
    }

    private void tell(GateEvent event) {
        if (event instanceof TimeReached tick) {
            ticks.reached(tick);
        }
        gate.on(event).forEach(this::carryOut);
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case VerdictReached(var verdict) -> {
                sends.add(outbound.verdict(verdict));
                meters.verdict(verdict.outcome());
            }
            case CompletenessNeeded(var partition, var upTo) -> completeness.ask(partition, upTo);
            case AnswerNeeded needed -> asker.ask(needed);
            case RebuildNeeded(var partition, var since) -> {
                readAgain(partition);
                ownership.rebuild(partition);
            }
            case Counted(var tally) -> meters.count(tally);
            case Ignored ignored -> {}
        }
    }
}
