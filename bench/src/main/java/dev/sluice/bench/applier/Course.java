package dev.sluice.bench.applier;

import dev.sluice.bench.Aim;
import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import dev.sluice.bench.Timings;
import dev.sluice.bench.rig.Applications;
import dev.sluice.bench.rig.Names;
import dev.sluice.sandbox.Platform;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is measured of one way to write weights, in turns with its floor. */
final class Course implements AutoCloseable {
    private static final double MEDIAN = 0.5;
    private static final double SLOWEST = 0.99;
    private static final double LONGEST = 1;
    /** One at a time there are so many for each round of all. */
    private static final int SINGLES_PER_ROUND = 10;

    private static final int EDITED = 77;
    private static final Aim THROUGHPUT = new Aim.AtLeastTimes(0.8);
    private static final Aim REPAIR = new Aim.AtMost(1_000, "ms");

    private final Way way;
    private final BenchSettings settings;
    private final Platform platform;
    private final Consumer<String> say;
    private final List<String> services;
    private final BareClient bare;
    private final Orders orders;
    private final Reports reports;
    private final FloorObjects floor;
    private final BareApplier bareApplier;
    private int percent;

    Course(Way way, BenchSettings settings, Platform platform, Consumer<String> say) throws InterruptedException {
        this.way = way;
        this.settings = settings;
        this.platform = platform;
        this.say = say;
        services = names("");
        bare = new BareClient(platform.kubernetes().kubeconfig());
        var floors = names("floor-");
        new Applications(platform.client()).create(services);
        create(way.isUsersOwn() ? Stream.concat(services.stream(), floors.stream()) : floors.stream());
        floor = new FloorObjects(way, bare, floors);
        var brokers = platform.kafka().bootstrapServers();
        orders = new Orders(way, brokers);
        reports = new Reports(brokers);
        bareApplier = new BareApplier(floor, brokers, way.mesh());
    }

    private List<String> names(String prefix) {
        return Names.services(0, settings.rollouts()).stream()
                .map(name -> prefix + way.mesh().toLowerCase(Locale.ROOT) + "-" + name)
                .toList();
    }

    private void create(Stream<String> names) {
        names.forEach(name -> platform.client().resource(object(name)).create());
    }

    private GenericKubernetesResource object(String name) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(way.apiVersion())
                .withKind(way.kind())
                .withNewMetadata()
                .withName(name)
                .withNamespace(Names.NAMESPACE)
                .endMetadata()
                .addToAdditionalProperties("spec", way.spec(name, 0))
                .build();
    }

    List<Row> rows(String bench) throws InterruptedException {
        say.accept("%s: beginning %d routes …".formatted(way.mesh(), services.size()));
        reports.awaitApplied(services.stream().map(orders::begin).toList());
        say.accept("Warming up, %d rounds …".formatted(settings.warmUp()));
        rounds(settings.warmUp(), new Timings(), new Timings());
        say.accept("Measuring, %d rounds …".formatted(settings.samples()));
        return Stream.of(throughput(bench), singles(bench), repairs(bench))
                .flatMap(List::stream)
                .toList();
    }

    private List<Row> throughput(String bench) throws InterruptedException {
        var applier = new Timings();
        var loop = new Timings();
        rounds(settings.samples(), applier, loop);
        return List.of(Row.of(
                bench,
                way.mesh() + ": writes per second",
                perSecond(applier),
                "/s",
                new Row.Reference("bare loop of PUTs, 32 in flight", perSecond(loop)),
                THROUGHPUT));
    }

    private double perSecond(Timings rounds) {
        return services.size() * 1_000 / rounds.millis(MEDIAN);
    }

    private void rounds(int count, Timings applier, Timings loop) throws InterruptedException {
        for (var round = 0; round < count; round++) {
            percent = percent % 60 + 1;
            var began = System.nanoTime();
            reports.awaitApplied(services.stream()
                    .map(service -> orders.weigh(service, percent))
                    .toList());
            applier.add(System.nanoTime() - began);
            began = System.nanoTime();
            floor.writeAll(percent);
            loop.add(System.nanoTime() - began);
        }
    }

    private List<Row> singles(String bench) throws InterruptedException {
        var applier = new Timings();
        var loop = new Timings();
        for (var number = 0; number < settings.samples() * SINGLES_PER_ROUND; number++) {
            percent = percent % 60 + 1;
            var service = services.get(number % services.size());
            var began = System.nanoTime();
            reports.awaitApplied(List.of(orders.weigh(service, percent)));
            applier.add(System.nanoTime() - began);
            loop.add(bareApplier.nanos());
        }
        var name = way.mesh() + ": one order until its report, ";
        return List.of(
                beside(bench, name + "p50", MEDIAN, applier, loop),
                beside(bench, name + "p99", SLOWEST, applier, loop));
    }

    private static Row beside(String bench, String name, double q, Timings applier, Timings loop) {
        var reference = new Row.Reference("2 Kafka hops, 1 PUT by bare clients", loop.millis(q));
        return Row.of(bench, name, applier.millis(q), "ms", reference, null);
    }

    /** Each on another route, since repairs of one in a row are made slower and slower. */
    private List<Row> repairs(String bench) throws InterruptedException {
        var timings = new Timings();
        try (var watch = new RepairWatch(way, platform.client())) {
            for (var service : services.subList(0, Math.min(services.size(), settings.samples() * SINGLES_PER_ROUND))) {
                percent = percent % 60 + 1;
                reports.awaitApplied(List.of(orders.weigh(service, percent)));
                watch.expect(service, EDITED, percent);
                timings.add(-edit(service) + watch.repairedNanos());
            }
        }
        return List.of(
                Row.alone(bench, way.mesh() + ": from an edit to its repair, p50", timings.millis(MEDIAN), "ms", null),
                Row.alone(
                        bench,
                        way.mesh() + ": from an edit to its repair, longest",
                        timings.millis(LONGEST),
                        "ms",
                        REPAIR));
    }

    /** When it was made, by {@link System#nanoTime}. */
    private long edit(String service) throws InterruptedException {
        var object = bare.get(way.path(service));
        object.set("spec", Json.mapper().valueToTree(way.spec(service, EDITED)));
        bare.put(way.path(service), object);
        return System.nanoTime();
    }

    @Override
    public void close() {
        bareApplier.close();
        reports.close();
        orders.close();
        bare.close();
    }
}
