package dev.sluice.applier.shell;

import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.kafka.ReportLog;
import dev.sluice.applier.kubernetes.RouteCalls;
import dev.sluice.applier.timer.Alarm;
import dev.sluice.schemas.message.WeightReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Where a route's decisions go. */
@ApplicationScoped
class Effects {
    private static final Logger LOG = Logger.getLogger(Effects.class);

    private final RouteCalls calls;
    private final ReportLog reports;
    private final Alarm alarm;
    private final Meters meters;
    private final Clock clock;

    Effects(RouteCalls calls, ReportLog reports, Alarm alarm, Meters meters, Clock clock) {
        this.calls = calls;
        this.reports = reports;
        this.alarm = alarm;
        this.meters = meters;
        this.clock = clock;
    }

    Event call(Decision.Call call) {
        var answer = calls.carryOut(call);
        meters.answered(answer);
        return answer;
    }

    void report(Decision.Report report, String traceparent) {
        say(report.report());
        reports.send(report.report(), report.id(), traceparent);
    }

    void wake(Instant at, RouteActor actor) {
        alarm.at(at, () -> actor.offer(new Event.TimeReached(at, clock.instant())));
    }

    void count(Decision decision) {
        meters.decided(decision);
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
}
