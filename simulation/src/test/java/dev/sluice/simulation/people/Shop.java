package dev.sluice.simulation.people;

import static dev.sluice.simulation.people.RolloutFiles.SLOW;

import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.Histogram;
import dev.sluice.schemas.wire.Keys;
import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.cluster.ApiServer;
import dev.sluice.simulation.cluster.Split;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The customers of one application: their requests follow the weights, and fail where the canary is bad. */
public final class Shop {
    /** Ends the name of a revision that fails one request in five. */
    static final String BAD = "-bad";

    private static final long BEAT_MILLIS = 2000;
    private static final int REQUESTS = 200;
    /** As rollout files say, where they say so. */
    private static final double COPIED = 0.2;

    /** Of the requests to come from customers that a match names. */
    private static final double MATCHED = 0.1;

    /** After the storm, and over when releases are tried. */
    private static final long OUTSIDE_MILLIS = 30_000;
    /** Of the requests to come through the mesh while some don't. */
    private static final double INSIDE = 0.4;

    private final World world;
    private final Faults faults;
    private final Bus bus;
    private final Dashboard dashboard;
    private final Scene scene;
    private final Map<String, ApiServer> clusters;
    private final boolean hasGaps;
    private final boolean sendsTimes;
    /** Until then most callers know the stable side's own address. */
    private final long outsideUntilMillis;

    private int events;

    public Shop(
            World world, Faults faults, Bus bus, Dashboard dashboard, Scene scene, Map<String, ApiServer> clusters) {
        this.world = world;
        this.faults = faults;
        this.bus = bus;
        this.dashboard = dashboard;
        this.scene = scene;
        this.clusters = clusters;
        this.hasGaps = world.chance().percent(25);
        this.sendsTimes = world.chance().percent(50);
        this.outsideUntilMillis = world.chance().percent(30) ? faults.calmAtMillis() + OUTSIDE_MILLIS : 0;
    }

    public static boolean isBad(String revision) {
        return revision != null && revision.endsWith(BAD);
    }

    public void begin() {
        world.in(BEAT_MILLIS, this::beat);
    }

    private void beat() {
        world.in(BEAT_MILLIS, this::beat);
        if (hasGaps && !faults.areOver() && world.nowMillis() / 20_000 % 2 == 1) {
            return;
        }
        for (var target : scene.targets()) {
            var status = dashboard.of(scene.application(), target);
            if (status != null && !status.phase().isFinal() && status.active() != null) {
                var split = clusters.get(target).split(scene.route(target));
                var canary = status.active().equals(scene.active()) ? scene.canary() : scene.active();
                measure(target, status.revision(), split == null ? 0 : canaryRequests(split, canary));
            }
        }
    }

    /** By weight, whatever the weight those of customers that a match names, and copies of what the others get. */
    private double canaryRequests(Split split, String canary) {
        var inside = world.nowMillis() < outsideUntilMillis ? INSIDE : 1;
        var matched = split.matching() ? REQUESTS * inside * MATCHED : 0;
        var served = matched + (REQUESTS * inside - matched) * split.share(canary) / 100;
        var copies = split.copying() ? (REQUESTS * inside - served) * COPIED : 0;
        return Math.round(served + copies);
    }

    private void measure(String target, String revision, double canary) {
        var failed = isBad(revision) ? canary / 5 : 0;
        send(target, "stable", "200", Math.max(0, REQUESTS - canary));
        if (canary > 0) {
            send(target, "canary", "200", canary - failed);
            if (failed > 0) {
                send(target, "canary", "500", failed);
            }
            if (sendsTimes) {
                sendTimes(target, canary, failed);
            }
        }
    }

    /** Each client has bounds of its own; one of them only knows that a slow request took longer than the limit. */
    private void sendTimes(String target, double requests, double slow) {
        var fast = requests - slow;
        var histogram = world.chance()
                .oneOf(List.of(
                        new Histogram(List.of(0.05, SLOW, 0.5), List.of(fast, 0.0, slow, 0.0)),
                        new Histogram(List.of(SLOW, 0.5), List.of(fast, slow, 0.0)),
                        new Histogram(List.of(0.05, SLOW), List.of(fast, 0.0, slow))));
        send(target, "canary", "duration", null, histogram, Map.of());
    }

    private void send(String target, String variant, String code, double count) {
        send(target, variant, "requests", count, null, Map.of("code", code));
    }

    private void send(
            String target,
            String variant,
            String metric,
            Double count,
            Histogram histogram,
            Map<String, String> labels) {
        // some clients say when they measured, some don't
        var time = world.chance().percent(50)
                ? null
                : Instant.ofEpochMilli(world.now().toEpochMilli());
        var event = new MetricEvent(
                scene.application(),
                target,
                variant,
                null,
                metric,
                time,
                count,
                null,
                histogram,
                labels,
                null,
                scene.application() + "-" + ++events);
        bus.sendFromAnywhere(Topic.METRICS, Keys.applicationTarget(scene.application(), target), event);
    }
}
