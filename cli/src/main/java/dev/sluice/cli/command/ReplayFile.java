package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Session;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.kafka.Brokers;
import dev.sluice.cli.engine.kafka.Log;
import dev.sluice.cli.engine.kafka.Records;
import dev.sluice.cli.replay.Comparison;
import dev.sluice.cli.replay.ComparisonPage;
import dev.sluice.cli.replay.FirstFailures;
import dev.sluice.cli.replay.KafkaMetricLog;
import dev.sluice.cli.replay.PastRollouts;
import dev.sluice.cli.replay.Replay;
import dev.sluice.cli.replay.Selection;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay} */
@Command(
        name = "replay",
        description =
                "Says what this file would have found in rollouts that are over: its judgement of the metrics that are still in the "
                        + "log, beside what was judged then. Reads Kafka alone (--bootstrap), and changes nothing.",
        footer = {
            "%nExit codes of replay: 0 nothing would be worse, 1 a bad rollout would be missed, or none could be compared, 2 the file "
                    + "is not valid, 4 a good one would be taken back, 7 a good one would wait for a person.",
            "Example: sluice replay -f rollout.yaml --rollouts last:20",
            "What counts as good and bad, and how to keep metrics for longer: docs/testing-a-file.md"
        })
final class ReplayFile implements Callable<Integer> {
    @Mixin
    WrittenRollout written;

    @Option(
            names = "--rollouts",
            paramLabel = "WHICH",
            defaultValue = "last:20",
            converter = Selection.Written.class,
            description = "Of the file's application: last:N, since:DURATION, or ids with commas between them. "
                    + "${DEFAULT-VALUE} unless said.")
    Selection rollouts;

    private final Session session;

    ReplayFile(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Stop {
        if (session.knowsHttpAlone()) {
            throw new Stop(
                    Exit.INVALID,
                    "replay reads the metrics themselves, which only Kafka has: say where its brokers are with --bootstrap");
        }
        var plan = written.plan();
        var brokers = session.brokers();
        var all = new PastRollouts(plan.application());
        read(
                brokers.fromBeginning(Topic.AUDIT.name(brokers.prefix())),
                record -> Records.read(record, Audit.class).ifPresent(all::decided));
        var chosen = rollouts.of(all, Instant.now());
        var replay = new Replay(plan, new KafkaMetricLog(brokers), failures(brokers, all, chosen));
        var comparison = Comparison.of(plan.application(), all, chosen, replay);
        session.printer()
                .print(comparison, () -> new ComparisonPage(session.printer().colours()).of(comparison));
        return comparison.exit().code();
    }

    private static FirstFailures failures(Brokers brokers, PastRollouts all, List<String> chosen) throws Stop {
        var failures = new FirstFailures(chosen);
        var since = all.earliest(chosen);
        if (since.isPresent()) {
            read(
                    brokers.since(Topic.VERDICTS.name(brokers.prefix()), since.get()),
                    record -> Records.read(record, Verdict.class).ifPresent(failures::reached));
        }
        return failures;
    }

    private static void read(Log log, Consumer<ConsumerRecord<byte[], byte[]>> taken) {
        try (log) {
            do {
                log.next().forEach(taken);
            } while (!log.hasCaughtUp());
        }
    }
}
