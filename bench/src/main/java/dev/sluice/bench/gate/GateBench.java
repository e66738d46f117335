package dev.sluice.bench.gate;

import dev.sluice.bench.Aim;
import dev.sluice.bench.Bench;
import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import dev.sluice.bench.gate.Contestant.Kind;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How fast the gate reads metric events on one thread, with and without open analyses, beside a bare consumer and Kafka Streams.
 * All read the same topic from one broker, in turns, each in a JVM of its own. No service is started.
 */
public final class GateBench implements Bench {
    private static final int PARTITIONS = 4;
    private static final long EVENTS = 2_000_000;
    private static final double SLOWER_THAN_BARE = 1.25;
    private static final double OF_BARE = 0.8;
    private static final double OF_STREAMS = 2;

    @Override
    public String name() {
        return "gate";
    }

    /** Rollouts are open analyses here; warm-up rounds and samples are laps. */
    @Override
    public BenchSettings.Defaults defaults() {
        return new BenchSettings.Defaults(ShopTraffic.SERVICES, 3, 7);
    }

    @Override
    public List<Row> run(BenchSettings settings, Consumer<String> say) throws InterruptedException {
        try (var kafka = KafkaPart.start()) {
            var course = new Course(
                    kafka.bootstrapServers(),
                    PARTITIONS,
                    EVENTS,
                    Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS),
                    settings.rollouts());
            makeTopics(course);
            new ShopTraffic(course).publish(say);
            return rows(laps(course, settings, say), settings.rollouts(), say);
        }
    }

    /** The topic's clock is the sender's, so that all runs have the same; the gate is told when records were appended all the same. */
    private static void makeTopics(Course course) throws InterruptedException {
        SluiceTopics.create(course.bootstrapServers(), Course.PREFIX, course.partitions());
        try (var admin = Admin.create(Map.of("bootstrap.servers", (Object) course.bootstrapServers()))) {
            var topic = new ConfigResource(ConfigResource.Type.TOPIC, Course.topic());
            var bySender =
                    new AlterConfigOp(new ConfigEntry(Topic.TIMESTAMPS, "CreateTime"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(bySender)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topic cannot be set up", e);
        }
    }

    private static Map<Kind, List<Lap>> laps(Course course, BenchSettings settings, Consumer<String> say) {
        var processes = new EnumMap<Kind, ContestantProcess>(Kind.class);
        var laps = new EnumMap<Kind, List<Lap>>(Kind.class);
        try {
            for (var kind : Kind.values()) {
                processes.put(kind, new ContestantProcess(kind, course, settings));
                laps.put(kind, new ArrayList<>());
            }
            for (int round = 1 - settings.warmUp(); round <= settings.samples(); round++) {
                for (var kind : Kind.values()) {
                    var lap = processes.get(kind).lap();
                    say.accept(told(round, kind, lap));
                    if (round > 0) {
                        laps.get(kind).add(lap);
                    }
                }
            }
        } finally {
            processes.values().forEach(ContestantProcess::close);
        }
        return laps;
    }

    private static String told(int round, Kind kind, Lap lap) {
        return String.format(
                Locale.ROOT,
                "%s %2d  %-22s %7.0f ns per event%s",
                round > 0 ? "lap" : "warm-up",
                round,
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                lap.nanosPerEvent(),
                lap.parseNanos() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "  of these: parse and place %.0f, add and judge %.0f; %d verdicts",
                                (double) lap.parseNanos() / lap.events(),
                                (double) lap.coreNanos() / lap.events(),
                                lap.verdicts()));
    }

    private List<Row> rows(Map<Kind, List<Lap>> laps, int analyses, Consumer<String> say) {
        var bare = median(laps.get(Kind.BARE), Lap::nanosPerEvent);
        var alone = median(laps.get(Kind.GATE_WITHOUT_ANALYSES), Lap::nanosPerEvent);
        var judging = median(laps.get(Kind.GATE_WITH_ANALYSES), Lap::nanosPerEvent);
        var streams = median(laps.get(Kind.STREAMS), Lap::nanosPerEvent);
        say.accept("\nMedians of the laps; a lap of the gate ends when the last event is added and its runs are judged.");
        var words = String.format(Locale.ROOT, "%,d open analyses", analyses);
        var toBare = new Row.Reference("a bare consumer in the same run", bare);
        var rows = new ArrayList<Row>();
        rows.add(Row.alone(name(), "bare consumer: per event", bare, "ns", null));
        rows.add(Row.of(
                name(),
                "gate, no open analysis: per event",
                alone,
                "ns",
                toBare,
                new Aim.AtMostTimes(SLOWER_THAN_BARE)));
        rows.addAll(parts("gate, no open analysis", laps.get(Kind.GATE_WITHOUT_ANALYSES)));
        rows.add(Row.of(name(), "gate, " + words + ": per event", judging, "ns", toBare, null));
        rows.addAll(parts("gate, " + words, laps.get(Kind.GATE_WITH_ANALYSES)));
        rows.add(Row.alone(name(), "Kafka Streams aggregate: per event", streams, "ns", null));
        rows.add(Row.of(
                name(),
                "gate, " + words + ": events",
                perSecond(judging),
                "/s",
                new Row.Reference("a bare consumer in the same run", perSecond(bare)),
                new Aim.AtLeastTimes(OF_BARE)));
        rows.add(Row.of(
                name(),
                "gate, " + words + ": events, to Streams'",
                perSecond(judging),
                "/s",
                new Row.Reference("a windowed aggregate of Kafka Streams in the same run", perSecond(streams)),
                new Aim.AtLeastTimes(OF_STREAMS)));
        return rows;
    }

    private List<Row> parts(String whose, List<Lap> laps) {
        return List.of(
                Row.alone(
                        name(),
                        whose + ": parse and place",
                        median(laps, lap -> (double) lap.parseNanos() / lap.events()),
                        "ns",
                        null),
                Row.alone(
                        name(),
                        whose + ": add and judge",
                        median(laps, lap -> (double) lap.coreNanos() / lap.events()),
                        "ns",
                        null));
    }

    private static double perSecond(double nanosPerEvent) {
        return 1e9 / nanosPerEvent;
    }

    private static double median(List<Lap> laps, ToDoubleFunction<Lap> of) {
        var sorted = laps.stream().mapToDouble(of).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }
}
