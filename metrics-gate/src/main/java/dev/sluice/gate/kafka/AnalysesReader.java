package dev.sluice.gate.kafka;

import dev.sluice.gate.core.GateEvent.AnalysesChanged;
import dev.sluice.gate.core.GateEvent.AnalysesForgotten;
import dev.sluice.gate.core.GateEvent.VerdictKnown;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.wire.MessageReader;
import dev.sluice.schemas.wire.MessageType;
import dev.sluice.schemas.wire.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads all of {@code rollout.analyses}, in every instance and without a group, and the verdicts since the earliest
 * analysis that is open, so that no run is judged twice after a restart. Both stay open: what comes later goes to the
 * mailbox as it comes.
 */
final class AnalysesReader {
    private static final Logger LOG = Logger.getLogger(AnalysesReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** Verdicts carry the clock of the gate that wrote them, analyses that of the engine. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> consumer;
    private final String prefix;
    private final Mailbox mailbox;
    private final Outbound outbound;
    private final Traces traces;
    private final Clock clock;
    private final MessageReader reader = new MessageReader();
    private final Map<TargetKey, Instant> openSince = new HashMap<>();
    private Map<TopicPartition, Long> deadLettersSentTo = Map.of();
    private final Map<String, String> newer = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    AnalysesReader(
            Consumer<byte[], byte[]> consumer,
            String prefix,
            Mailbox mailbox,
            Outbound outbound,
            Traces traces,
            Clock clock) {
        this.traces = traces;
        this.consumer = consumer;
        this.prefix = prefix;
        this.mailbox = mailbox;
        this.outbound = outbound;
        this.clock = clock;
    }

    /** Reads both topics to the ends they have now. */
    void catchUp() {
        var analyses = partitions(Topic.ANALYSES);
        consumer.assign(analyses);
        deadLettersSentTo = consumer.committed(Set.copyOf(analyses)).entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
        consumer.seekToBeginning(analyses);
        readTo(consumer.endOffsets(analyses));

        var verdicts = partitions(Topic.VERDICTS);
        var positions = positions(analyses);
        var all = new ArrayList<>(analyses);
        all.addAll(verdicts);
        consumer.assign(all);
        positions.forEach(consumer::seek);
        var ends = consumer.endOffsets(verdicts);
        starts(verdicts, ends).forEach(consumer::seek);
        readTo(ends);
    }

    /** Goes on reading until stopped. */
    void follow() {
        try {
            while (!stopping) {
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException stopped) {
            if (!stopping) {
                mailbox.fail(stopped);
            }
        } catch (RuntimeException e) {
            mailbox.fail(e);
        } catch (Error e) {
            // the thread ends with it; the session must not go on without it
            mailbox.fail(new IllegalStateException("the reader of analyses has died", e));
            throw e;
        }
    }

    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private List<TopicPartition> partitions(Topic topic) {
        return TopicCheck.partitions(consumer, topic.name(prefix));
    }

    private void readTo(Map<TopicPartition, Long> ends) {
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions) {
        return partitions.stream().collect(Collectors.toMap(Function.identity(), consumer::position));
    }

    private Map<TopicPartition, Long> starts(List<TopicPartition> verdicts, Map<TopicPartition, Long> ends) {
        var earliest = openSince.values().stream().min(Instant::compareTo);
        if (earliest.isEmpty()) {
            return ends;
        }
        var since = Math.max(0, earliest.get().minus(SKEW).toEpochMilli());
        var starts = new HashMap<>(ends);
        consumer.offsetsForTimes(verdicts.stream().collect(Collectors.toMap(Function.identity(), p -> since)))
                .forEach((partition, found) -> {
                    if (found != null) {
                        starts.put(partition, found.offset());
                    }
                });
        return starts;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topic.VERDICTS.name(prefix))) {
            verdict(record);
        } else {
            analyses(record);
        }
    }

    private void verdict(ConsumerRecord<byte[], byte[]> record) {
        switch (reader.read(MessageType.VERDICT, record.value(), record.headers())) {
            case Reading.Message(var verdict, var attributes) ->
                mailbox.post(new VerdictKnown(
                        new TargetKey(verdict.application(), verdict.target()), verdict.analysis(), verdict.run()));
            // its run is judged a second time here, and for the engine the first verdict counts
            case Reading.Newer<Verdict>(var reason) ->
                LOG.warnf(
                        "a verdict is of a later version source=%s/%d/%d reason=%s",
                        record.topic(), record.partition(), record.offset(), reason);
            // the engine's to complain about
            case Reading.Unreadable<Verdict> unreadable -> {}
            case Reading.Tombstone<Verdict> tombstone -> {}
        }
    }

    private void analyses(ConsumerRecord<byte[], byte[]> record) {
        newer.remove(text(record.key()));
        switch (reader.read(MessageType.ANALYSIS_SET, record.value(), record.headers())) {
            case Reading.Message(var set, var attributes) -> {
                traces.asked(set, attributes);
                changed(set);
            }
            case Reading.Tombstone<AnalysisSet> forgotten -> forgotten(record.key());
            case Reading.Unreadable<AnalysisSet>(var reason) -> unreadable(record, reason);
            case Reading.Newer<AnalysisSet>(var reason) -> leaveToNewer(record, reason);
        }
    }

    /** Read again by the later version, which reads all of the topic at its start: neither dropped nor a dead letter (B42). */
    private void leaveToNewer(ConsumerRecord<byte[], byte[]> record, String reason) {
        LOG.errorf(
                "analyses are of a later version and are left to it source=%s/%d/%d reason=%s",
                record.topic(), record.partition(), record.offset(), reason);
        newer.put(text(record.key()), reason);
    }

    /** Why the analyses of some target are left to a later version; empty where none are. */
    Optional<String> obstacle() {
        return newer.entrySet().stream()
                .findFirst()
                .map(left -> "the analyses of " + left.getKey() + " are of a later version: " + left.getValue());
    }

    private void changed(AnalysisSet set) {
        var key = new TargetKey(set.application(), set.target());
        var since = set.analyses().stream().map(AnalysisSet.Analysis::from).min(Instant::compareTo);
        since.ifPresentOrElse(from -> openSince.put(key, from), () -> openSince.remove(key));
        mailbox.post(new AnalysesChanged(set));
    }

    /** A tombstone has nothing but its key: {@code application/target}, and no target has a slash. */
    private void forgotten(byte[] key) {
        var text = text(key);
        var slash = text.lastIndexOf('/');
        if (slash > 0) {
            var target = new TargetKey(text.substring(0, slash), text.substring(slash + 1));
            openSince.remove(target);
            traces.forgotten(target);
            mailbox.post(new AnalysesForgotten(target));
        }
    }

    private static String text(byte[] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    /** Every instance reads every record at every start; the commit keeps a dead letter from being sent each time. */
    private void unreadable(ConsumerRecord<byte[], byte[]> record, String reason) {
        var partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < deadLettersSentTo.getOrDefault(partition, 0L)) {
            return;
        }
        Commits.await(outbound.deadLetter(Topic.ANALYSES, record, reason, clock.instant()));
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
    }
}
