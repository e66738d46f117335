package dev.sluice.applier.shell;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.core.Backoff;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Urgency;
import dev.sluice.applier.kafka.ReportLog;
import dev.sluice.applier.kubernetes.Cluster;
import dev.sluice.applier.kubernetes.RouteCalls;
import dev.sluice.applier.kubernetes.Sightings;
import dev.sluice.applier.timer.Alarm;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.Lineage;
import dev.sluice.telemetry.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The real ones, of one cluster. */
final class ClusterEffects implements Effects {
    private static final Logger LOG = Logger.getLogger(ClusterEffects.class);

    /** Within this another instance, suspended before it lost the route, may still create its object anew. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("call-", 0).factory());
    private final CallQueue queue;
    private final RouteCalls calls;
    private final ReportLog reports;
    private final Sightings sightings;
    private final Alarm alarm;
    private final Meters meters;
    private final Clock clock;
    private final CallTraces traces;
    private volatile Consumer<String> ended = route -> {};

    ClusterEffects(Cluster cluster, ReportLog reports, ApplierSettings settings, Clock clock, Tracing tracing) {
        this.traces = new CallTraces(tracing);
        this.calls = cluster.calls();
        this.reports = reports;
        this.sightings = cluster.sightings();
        this.alarm = new Alarm(clock);
        this.meters = new Meters(cluster.meters(), clock);
        this.clock = clock;
        var backoff = new Backoff(settings.backoff().first(), settings.backoff().longest());
        this.queue = new CallQueue(
                new Pace(cluster.access().concurrency(), backoff), threads, calls::problem, alarm::at, clock);
        var gauges = cluster.meters();
        gauges.gauge("sluice.applier.calls.running", "Calls to the API server under way", queue, CallQueue::running);
        gauges.gauge(
                "sluice.applier.calls.running.most",
                "The most that were ever under way",
                queue,
                CallQueue::mostRunning);
        gauges.gauge("sluice.applier.calls.waiting", "Calls that wait for their turn", queue, CallQueue::waiting);
    }

    /** @param ended is told of routes that were released a while ago */
    void tell(Consumer<String> ended) {
        this.ended = ended;
    }

    @Override
    public Asked call(Decision.Call call, Urgency urgency, Lineage lineage, Consumer<Event> answer) {
        var shown = calls.fromWatches(call);
        if (shown.isPresent()) {
            answer.accept(shown.get());
            return () -> false;
        }
        meters.called(call, urgency);
        return queue.submit(urgency, new CallQueue.Job() {
            @Override
            public CallQueue.Attempt run() {
                var event = traced(call, lineage);
                meters.answered(event);
                return new CallQueue.Attempt(failure(event), () -> answer.accept(event));
            }

            @Override
            public void held(String reason) {
                answer.accept(new Event.Held(reason, clock.instant()));
            }
        });
    }

    private static Optional<Failure> failure(Event event) {
        return switch (event) {
            case Event.LookFailed failed -> Optional.of(failed.failure());
            case Event.WriteFailed failed -> Optional.of(failed.failure());
            default -> Optional.empty();
        };
    }

    private Event traced(Decision.Call call, Lineage lineage) {
        try (var hop = traces.begin(call, lineage)) {
            var event = answerTo(call);
            failure(event).ifPresent(failure -> hop.failed(failure.reason()));
            return event;
        }
    }

    /** A plug-in's bug or a client's is a failed call like any other: a route must never wait for one that nobody makes. */
    private Event answerTo(Decision.Call call) {
        try {
            return calls.carryOut(call);
        } catch (Throwable bug) {
            LOG.error("a call broke off", bug);
            var failure = Failure.failed("Sluice failed on it, see its log: " + bug);
            return call instanceof Decision.Look
                    ? new Event.LookFailed(failure, clock.instant())
                    : new Event.WriteFailed(failure, clock.instant());
        }
    }

    @Override
    public void report(Decision.Report report, Lineage lineage) {
        say(report.report());
        reports.send(report.report(), report.id(), lineage);
    }

    @Override
    public void wake(Instant at, Runnable call) {
        alarm.at(at, call);
    }

    @Override
    public void count(Decision decision) {
        meters.decided(decision);
    }

    @Override
    public void released(String route) {
        sightings.letGo(route);
        alarm.at(clock.instant().plus(LATE), () -> ended.accept(route));
    }

    @Override
    public void forgotten(String route) {
        sightings.forget(route);
        meters.forgotten(route);
    }

    private static void say(WeightReport report) {
        switch (report.outcome()) {
            case APPLIED -> LOG.infof("applied weight=%s absent=%s", report.weight(), report.absent());
            case SUPERSEDED -> LOG.infof("superseded by=%s", report.by());
            case CHECKED -> LOG.infof("checked findings=%d", report.findings().size());
            case WAITING, DRIFT_REPAIRED, REFUSED, TAKEN_BACK, ENDPOINTS_LOST ->
                LOG.warnf(
                        "%s weight=%s actor=%s reason=%s",
                        report.outcome(), report.weight(), report.actor(), report.reason());
        }
    }

    void stop() {
        alarm.stop();
        threads.shutdownNow();
    }
}
