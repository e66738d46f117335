package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.kafka.Brokers;
import dev.sluice.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records that nobody could read, with what was wrong. */
final class DeadLetters {
    /** How the headers begin that a dead letter got beside its own. */
    static final String ADDED = "sluice-";

    private DeadLetters() {}

    /** @param id partition/offset of its dead-letter topic */
    record Shown(String topic, String id, String error, String source, String time, String key, String value) {
        static Shown of(Topic topic, ConsumerRecord<byte[], byte[]> record) {
            return new Shown(
                    topic.word(),
                    DeadLetters.id(record),
                    header(record, "sluice-error"),
                    header(record, "sluice-source"),
                    header(record, "sluice-time"),
                    text(record.key()),
                    text(record.value()));
        }
    }

    static String id(ConsumerRecord<byte[], byte[]> record) {
        return record.partition() + "/" + record.offset();
    }

    static List<Topic> topics() {
        return Stream.of(Topic.values()).filter(Topic::hasDeadLetters).toList();
    }

    static Topic topic(String word) throws Stop {
        return topics().stream()
                .filter(topic -> topic.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Stop(
                        Exit.INVALID,
                        "There are no dead letters of '" + word + "': name one of "
                                + topics().stream().map(Topic::word).collect(Collectors.joining(", "))));
    }

    /** The oldest first. */
    static List<ConsumerRecord<byte[], byte[]>> of(Brokers brokers, Topic topic) throws Stop {
        var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var log = brokers.fromBeginning(topic.deadLetters(brokers.prefix()))) {
            do {
                log.next().forEach(all::add);
            } while (!log.hasCaughtUp());
        }
        return all;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : text(header.value());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
