package dev.sluice.cli.engine.kafka;

import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.PastRollout;
import dev.sluice.cli.engine.PastRollout.PastTarget;
import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.wire.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The status topic: the last word on each target, and of each rollout that was seen while it was read. */
final class Statuses implements AutoCloseable {
    private static final Comparator<Map<String, Status>> BEGUN =
            Comparator.comparing(rollout -> rollout.values().stream()
                    .map(Status::updatedAt)
                    .filter(time -> time != null)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH));

    private final Log log;
    /** By application, rollout and target. */
    private final Map<String, Map<String, Map<String, Status>>> seen = new TreeMap<>();
    /** Keys of targets that were forgotten since, which compaction will have done with. */
    private final Set<String> gone = new HashSet<>();

    Statuses(Brokers brokers) throws Stop {
        log = brokers.fromBeginning(Topic.STATUS.name(brokers.prefix()));
    }

    /** Up to what is there now. */
    Statuses read() {
        do {
            log.next().forEach(this::take);
        } while (!log.hasCaughtUp());
        return this;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null && record.key() != null) {
            gone.add(new String(record.key(), StandardCharsets.UTF_8));
        } else {
            Records.read(record, Status.class).ifPresent(this::take);
        }
    }

    private void take(Status status) {
        gone.remove(key(status));
        seen.computeIfAbsent(status.application(), name -> new LinkedHashMap<>())
                .computeIfAbsent(status.rollout(), id -> new LinkedHashMap<>())
                .put(status.target(), status);
    }

    private static String key(Status status) {
        return Keys.applicationTarget(status.application(), status.target());
    }

    List<String> applications() {
        return seen.keySet().stream()
                .filter(application -> newest(application).isPresent())
                .toList();
    }

    /** Of targets that were in an earlier rollout alone nothing is said; of two at the same time the later read is the newer. */
    Optional<RolloutShown> newest(String application) {
        return seen.getOrDefault(application, Map.of()).values().stream()
                .reduce((one, other) -> BEGUN.compare(one, other) > 0 ? one : other)
                .filter(targets -> !targets.values().stream().map(Statuses::key).allMatch(gone::contains))
                .map(Statuses::shown);
    }

    private static RolloutShown shown(Map<String, Status> targets) {
        var all = List.copyOf(targets.values());
        var one = all.getFirst();
        return new RolloutShown(
                one.application(), one.rollout(), one.revision(), one.actor(), one.startedAt(), null, all, Map.of());
    }

    /** The newest first. */
    List<PastRollout> past(String application) {
        return seen.getOrDefault(application, Map.of()).values().stream()
                .sorted(BEGUN.reversed())
                .map(Statuses::past)
                .toList();
    }

    private static PastRollout past(Map<String, Status> targets) {
        var shown = shown(targets);
        var end = shown.isOver()
                ? shown.targets().stream()
                        .map(Status::endedAt)
                        .filter(time -> time != null)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH)
                : null;
        return new PastRollout(
                shown.rollout(),
                shown.revision(),
                shown.targets().getLast().phase() == null
                        ? null
                        : shown.targets().getLast().phase().word(),
                shown.actor(),
                shown.startedAt(),
                end,
                null,
                shown.targets().stream().map(PastTarget::of).toList());
    }

    @Override
    public void close() {
        log.close();
    }
}
