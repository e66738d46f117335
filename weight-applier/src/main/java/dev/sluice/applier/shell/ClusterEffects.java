package dev.sluice.applier.shell;

import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.kafka.ReportLog;
import dev.sluice.applier.kubernetes.RouteCalls;
import dev.sluice.applier.kubernetes.Sightings;
import dev.sluice.applier.timer.Alarm;
import dev.sluice.schemas.message.WeightReport;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The real ones. */
@ApplicationScoped
class ClusterEffects implements Effects {
    private static final Logger LOG = Logger.getLogger(ClusterEffects.class);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("call-", 0).factory());
    private final CallQueue queue;
    private final RouteCalls calls;
    private final ReportLog reports;
    private final Sightings sightings;
    private final Alarm alarm;
    private final Meters meters;
    private final Clock clock;

    ClusterEffects(
            RouteCalls calls,
            ReportLog reports,
            Sightings sightings,
            Alarm alarm,
            Meters meters,
            ApplierSettings settings,
            Clock clock) {
        this.queue = new CallQueue(settings.kubernetes().concurrency(), threads);
        this.calls = calls;
        this.reports = reports;
        this.sightings = sightings;
        this.alarm = alarm;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void call(Decision.Call call, Consumer<Event> answer) {
        queue.submit(call.goesBack(), () -> {
            var event = answerTo(call);
            meters.answered(event);
            answer.accept(event);
        });
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
    public void report(Decision.Report report, String traceparent) {
        say(report.report());
        reports.send(report.report(), report.id(), traceparent);
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
    }

    private static void say(WeightReport report) {
        switch (report.outcome()) {
            case APPLIED -> LOG.infof("applied weight=%s absent=%s", report.weight(), report.absent());
            case SUPERSEDED -> LOG.infof("superseded by=%s", report.by());
            case WAITING, DRIFT_REPAIRED, REFUSED, TAKEN_BACK, ENDPOINTS_LOST ->
                LOG.warnf(
                        "%s weight=%s actor=%s reason=%s",
                        report.outcome(), report.weight(), report.actor(), report.reason());
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
