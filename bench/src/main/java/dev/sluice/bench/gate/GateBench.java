package dev.sluice.bench.gate;

import dev.sluice.bench.Aim;
import dev.sluice.bench.Bench;
import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import dev.sluice.bench.gate.Contestant.Kind;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.schemas.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * How fast the gate reads metric events on one thread, with and without open analyses, beside a bare consumer and Kafka Streams:
 * all read the same topic from one broker, in turns, each in a JVM of its own. Then what open analyses take of the heap. At last
 * the gate's service, alone: how fast it reads windows back, and how soon a verdict follows an event.
 */
public final class GateBench implements Bench {
    private static final int PARTITIONS = 4;
    private static final int SERVICES = 1_000;
    private static final long EVENTS = 4_000_000;
    /** About what a thread reads, so that a lap is what a thread at its limit sees. */
    private static final int EVENTS_PER_SECOND = 250_000;

    private static final int MANY_ANALYSES = 10_000;
    /** Longer than panes stay fine. */
    private static final int HEAP_SECONDS = 100;

    private static final int HEAP_EVENTS_PER_SECOND = 2_000;
    /** Two of each service, as the traffic of rollouts in {@code load}: what the default bounds of the windows hold. */
    private static final int REBUILT_PER_SECOND = 2_000;

    private static final int REBUILT_SECONDS = 600;
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
        return new BenchSettings.Defaults(SERVICES, 3, 5);
    }

    @Override
    public List<Row> run(BenchSettings settings, Consumer<String> say) throws InterruptedException {
        var rows = new ArrayList<Row>();
        try (var kafka = KafkaPart.start()) {
            var course = new Course(
                    kafka.bootstrapServers(),
                    "bench.",
                    PARTITIONS,
                    SERVICES,
                    EVENTS_PER_SECOND,
                    EVENTS,
                    Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS),
                    Math.min(settings.rollouts(), SERVICES));
            CourseTopics.make(course);
            new ShopTraffic(course).publish(say);
            rows.addAll(rows(laps(course, settings, say), course.analyses(), say));
            rows.addAll(heap(kafka, settings, say));
        }
        rows.addAll(deployed(settings, say));
        return rows;
    }

    private List<Row> heap(KafkaPart kafka, BenchSettings settings, Consumer<String> say) throws InterruptedException {
        var course = new Course(
                kafka.bootstrapServers(),
                "bench-heap.",
                PARTITIONS,
                MANY_ANALYSES,
                HEAP_EVENTS_PER_SECOND,
                (long) HEAP_SECONDS * HEAP_EVENTS_PER_SECOND,
                Instant.now().minusSeconds(HEAP_SECONDS).truncatedTo(ChronoUnit.SECONDS),
                MANY_ANALYSES);
        CourseTopics.make(course);
        new ShopTraffic(course).publish(say);
        return new HeapOfAnalyses(course, settings).rows(name(), say);
    }

    private List<Row> deployed(BenchSettings settings, Consumer<String> say) throws InterruptedException {
        try (var gate = DeployedGate.start(settings, say)) {
            var course = new Course(
                    gate.bootstrapServers(),
                    Topic.DEFAULT_PREFIX,
                    DeployedGate.PARTITIONS,
                    SERVICES,
                    REBUILT_PER_SECOND,
                    (long) REBUILT_SECONDS * REBUILT_PER_SECOND,
                    Instant.now().minusSeconds(REBUILT_SECONDS),
                    Math.min(settings.rollouts(), SERVICES));
            CourseTopics.sendersTellTheTime(course);
            new ShopTraffic(course).publish(say);
            CourseTopics.brokerTellsTheTime(course);
            OpenAnalyses.inTurns(course.analyses(), Instant.now()).forEach(gate::open);
            try (var verdicts = new Verdicts(course)) {
                var rebuild = new Rebuild(course, gate, verdicts);
                var rows = new ArrayList<>(rowsOf("rebuild", () -> rebuild.rows(name(), say), say));
                var eventToVerdict = new EventToVerdict(course, gate, verdicts);
                rows.addAll(rowsOf("event to verdict", () -> eventToVerdict.rows(name(), say), say));
                return rows;
            }
        }
    }

    /** What is measured one after the other on one service. */
    private interface Part {
        List<Row> rows() throws InterruptedException;
    }

    /** What cannot be measured is told as that, and takes nothing from what can. */
    private List<Row> rowsOf(String what, Part part, Consumer<String> say) throws InterruptedException {
        try {
            return part.rows();
        } catch (IllegalStateException e) {
            say.accept(what + " could not be measured: " + e.getMessage());
            return List.of(Row.alone(name(), what + ": could not be measured", 1, "", new Aim.AtMost(0, "")));
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
                "%s %2d  %-22s %7.0f ns per event, %.0f on a core%s",
                round > 0 ? "lap" : "warm-up",
                round,
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                lap.nanosPerEvent(),
                lap.cpuNanosPerEvent(),
                lap.parseNanos() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; parse and place %.0f, add and judge %.0f; %d verdicts",
                                (double) lap.parseNanos() / lap.events(),
                                (double) lap.coreNanos() / lap.events(),
                                lap.verdicts()));
    }

    private List<Row> rows(Map<Kind, List<Lap>> laps, int analyses, Consumer<String> say) {
        say.accept(
                "\nMedians of the laps; a lap of the gate ends when the last event is added and its runs are judged.");
        var words = String.format(Locale.ROOT, "gate, %,d open analyses", analyses);
        var alone = "gate, no open analysis";
        var rows = new ArrayList<Row>();
        rows.addAll(against("bare consumer", null, laps.get(Kind.BARE), laps.get(Kind.BARE)));
        rows.addAll(against(
                alone,
                new Aim.AtMostTimes(SLOWER_THAN_BARE),
                laps.get(Kind.GATE_WITHOUT_ANALYSES),
                laps.get(Kind.BARE)));
        rows.addAll(parts(alone, laps.get(Kind.GATE_WITHOUT_ANALYSES)));
        rows.addAll(against(words, null, laps.get(Kind.GATE_WITH_ANALYSES), laps.get(Kind.BARE)));
        rows.addAll(parts(words, laps.get(Kind.GATE_WITH_ANALYSES)));
        rows.addAll(against("Kafka Streams aggregate", null, laps.get(Kind.STREAMS), laps.get(Kind.BARE)));
        var judged = perSecond(laps.get(Kind.GATE_WITH_ANALYSES));
        rows.add(Row.of(
                name(),
                words + ": events, to the bare consumer's",
                judged,
                "/s",
                new Row.Reference("a bare consumer in the same run", perSecond(laps.get(Kind.BARE))),
                new Aim.AtLeastTimes(OF_BARE)));
        rows.add(Row.of(
                name(),
                words + ": events, to Streams'",
                judged,
                "/s",
                new Row.Reference(
                        "a windowed aggregate of Kafka Streams in the same run", perSecond(laps.get(Kind.STREAMS))),
                new Aim.AtLeastTimes(OF_STREAMS)));
        return rows;
    }

    /** @param aim of the time per event; null for none */
    private List<Row> against(String whose, Aim aim, List<Lap> laps, List<Lap> bare) {
        return List.of(
                time(whose + ": per event", laps, bare, Lap::nanosPerEvent, aim),
                time(whose + ": per event, on a core", laps, bare, Lap::cpuNanosPerEvent, null));
    }

    private Row time(String what, List<Lap> laps, List<Lap> bare, ToDoubleFunction<Lap> of, Aim aim) {
        var reference = new Row.Reference("a bare consumer in the same run", median(bare, of));
        return Row.of(name(), what, median(laps, of), "ns", reference, aim);
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

    private static double perSecond(List<Lap> laps) {
        return 1e9 / median(laps, Lap::nanosPerEvent);
    }

    private static double median(List<Lap> laps, ToDoubleFunction<Lap> of) {
        var sorted = laps.stream().mapToDouble(of).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }
}
