package dev.sluice.bench.load;

import dev.sluice.bench.Bench;
import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import dev.sluice.bench.rig.HealthyTraffic;
import dev.sluice.bench.rig.Journey;
import dev.sluice.bench.rig.Names;
import dev.sluice.bench.rig.Rig;
import dev.sluice.bench.rig.RolloutFile;
import dev.sluice.bench.rig.Sluice;
import dev.sluice.bench.rig.Turns;
import dev.sluice.sandbox.SluiceService;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Begins a hundred rollouts at once, and then as many as are asked for; sees what they cost while all is well; then times
 * single aborts, breaking events and approvals with all of them live, and the same for all of them at once.
 */
public final class LoadBench implements Bench {
    /** What the costs of many are compared with. */
    private static final int FEW = 100;

    /** After so long JVMs have compiled most of what they do again and again. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private static final Duration ANALYSIS_INTERVAL = Duration.ofSeconds(10);

    private static final List<Journey> JOURNEYS =
            List.of(Journey.ABORT_TO_ZERO, Journey.BREAK_TO_ZERO, Journey.APPROVE_TO_NEXT_WEIGHT);

    @Override
    public String name() {
        return "load";
    }

    @Override
    public BenchSettings.Defaults defaults() {
        return new BenchSettings.Defaults(1_000, 5, 40);
    }

    @Override
    public List<Row> run(BenchSettings settings, Consumer<String> say) throws InterruptedException {
        if (!ProcessUsage.isKnown()) {
            throw new IllegalStateException("this bench reads what processes use from /proc, which is on Linux only");
        }
        var topics = EnumSet.copyOf(Stage.TOLD);
        try (var sluice = Sluice.start(settings, say);
                var rig = new Rig(sluice.platform(), new RolloutFile(ANALYSIS_INTERVAL), topics)) {
            return new Run(settings, say, sluice, rig).rows();
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    /** One run on a platform that is there. */
    private final class Run {
        private final BenchSettings settings;
        private final Consumer<String> say;
        private final Sluice sluice;
        private final Rig rig;
        private final Rows rows = new Rows(name());
        private final Bursts bursts;

        Run(BenchSettings settings, Consumer<String> say, Sluice sluice, Rig rig) {
            this.settings = settings;
            this.say = say;
            this.sluice = sluice;
            this.rig = rig;
            this.bursts = new Bursts(rig, settings.limit());
        }

        List<Row> rows() throws InterruptedException {
            var rest = atRest();
            rows.rest(rest);
            var first = Optional.<Stage>empty();
            if (settings.rollouts() > FEW) {
                first = Optional.of(stage(0, FEW, rest.cores(), Optional.empty()));
                say.accept("Aborting them …");
                bursts.abort();
            }
            stage(first.map(Stage::rollouts).orElse(0), settings.rollouts(), rest.cores(), first);
            return rows.all();
        }

        private Window atRest() throws InterruptedException {
            say.accept("Watching the services with nothing to do, %d s …"
                    .formatted(settings.window().toSeconds()));
            TimeUnit.SECONDS.sleep(SETTLING.toSeconds() / 2);
            return watch(() -> 0);
        }

        /** @param from the number of the first of its applications, which no stage has had before */
        private Stage stage(int from, int rollouts, double coresAtRest, Optional<Stage> first)
                throws InterruptedException {
            var services = Names.services(from, rollouts);
            say.accept("Making %,d applications …".formatted(rollouts));
            rig.applications().create(services);
            try (var traffic = rig.traffic(services, Traffic.period(settings.rollouts()))) {
                TimeUnit.SECONDS.sleep(2);
                var stage = begin(services, traffic, coresAtRest);
                rows.costs(stage, first);
                if (rollouts == settings.rollouts()) {
                    attempt("single journeys", this::journeys);
                    attempt("all at once", this::all);
                }
                return stage;
            }
        }

        private Stage begin(List<String> services, HealthyTraffic traffic, double coresAtRest)
                throws InterruptedException {
            say.accept("Starting %,d rollouts at once …".formatted(services.size()));
            var trouble =
                    new Trouble(sluice.services().get(SluiceService.APPLIER).log());
            var before = Usage.of(sluice.services());
            var starts = Starts.of(services, rig, settings.limit());
            say.accept("  last first weight after %.1f s, its order after %.1f s. %s"
                    .formatted(
                            starts.weights().seconds(1),
                            starts.ordered().seconds(1),
                            Usage.of(sluice.services()).sharesSince(before)));
            var refused = trouble.lines();
            rig.fleet().become(starts.live());
            say.accept("Healthy traffic: %d s to settle, %d s watched …"
                    .formatted(SETTLING.toSeconds(), settings.window().toSeconds()));
            TimeUnit.SECONDS.sleep(SETTLING.toSeconds());
            var stage = new Stage(services.size(), starts, refused, watch(traffic::events), coresAtRest);
            rows.starts(stage);
            return stage;
        }

        /** What was measured before is worth having where the services are too busy for the rest. */
        private void attempt(String what, Step step) throws InterruptedException {
            try {
                step.run();
            } catch (IllegalStateException e) {
                say.accept("Not measured, " + what + ": " + e.getMessage());
                rows.failed(what);
            }
        }

        private Window watch(LongSupplier published) throws InterruptedException {
            return Window.watch(settings.window(), sluice.services(), rig.tap(), published);
        }

        private void journeys() throws InterruptedException {
            say.accept("One at a time, %d rounds …".formatted(settings.samples()));
            new Turns(rig).rounds(settings.warmUp(), JOURNEYS);
            var turns = new Turns(rig).rounds(settings.samples(), JOURNEYS);
            turns.comparisons().forEach(comparison -> {
                say.accept(comparison.stages());
                rows.add(comparison.rows(name()));
            });
        }

        private void all() throws InterruptedException {
            say.accept("An approval for each of %,d, all at once …"
                    .formatted(rig.fleet().all().size()));
            rows.approved(bursts.approve());
            say.accept("A breaking event for each, all at once …");
            rows.broken(bursts.broken());
        }
    }
}
