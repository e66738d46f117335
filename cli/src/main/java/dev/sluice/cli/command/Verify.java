package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.kafka.Brokers;
import dev.sluice.cli.engine.kafka.Records;
import dev.sluice.cli.verify.Verification;
import dev.sluice.cli.verify.Verification.Result;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;

/** {@code verify} */
@Command(
        name = "verify",
        description =
                "Reads a live system's topics and says which of Sluice's promises they show to be kept, and which broken. "
                        + "Reads Kafka alone (--bootstrap).",
        footer = "%nExit codes of verify: 0 all kept, 1 one is broken.")
final class Verify implements Callable<Integer> {
    private final Session session;

    Verify(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        var brokers = session.brokers();
        var verification = new Verification();
        read(brokers, Topic.AUDIT, record -> Records.read(record, Audit.class).ifPresent(verification::decided));
        read(
                brokers,
                Topic.WEIGHTS,
                record -> Records.read(record, WeightOrder.class)
                        .ifPresent(order -> verification.ordered(order, Instant.ofEpochMilli(record.timestamp()))));
        read(
                brokers,
                Topic.WEIGHT_REPORTS,
                record -> Records.read(record, WeightReport.class).ifPresent(verification::reported));
        read(brokers, Topic.STATUS, record -> Records.read(record, Status.class).ifPresent(verification::shown));
        var results = verification.results(Instant.now());
        session.printer().print(results, () -> words(results));
        return results.stream().allMatch(result -> result.broken().isEmpty()) ? Exit.DONE.code() : Exit.ERROR.code();
    }

    private static void read(Brokers brokers, Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> taken) throws Stop {
        try (var log = brokers.fromBeginning(topic.name(brokers.prefix()))) {
            do {
                log.next().forEach(taken);
            } while (!log.hasCaughtUp());
        }
    }

    private static String words(List<Result> results) {
        return results.stream()
                .map(result -> (result.broken().isEmpty() ? "kept    " : "BROKEN  ") + result.promise() + "  "
                        + result.words() + "\n"
                        + result.broken().stream()
                                .map(one -> "        " + one + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }
}
