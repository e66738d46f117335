package dev.sluice.applier.shell;

import dev.sluice.applier.kafka.ReportLog;
import dev.sluice.applier.kubernetes.Preflight;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.Lineage;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Orders of one cluster that only check. Apart from the routes: a check is no state of any, it is answered once and forgotten, and beside
 * what somebody waits for in a rollout it goes slowly.
 */
final class Checks {
    private static final Logger LOG = Logger.getLogger(Checks.class);
    private static final int AT_ONCE = 2;
    private static final int MOST_WAITING = 16;
    private static final int MOST_LOGGED = 1000;
    private static final Finding CROWDED = Finding.warning(
            Finding.Code.NOT_MADE,
            "not looked at: " + MOST_WAITING + " other checks wait already: ask again later, or go on without");

    private final Preflight preflight;
    private final ReportLog reports;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("check-", 0).factory());

    Checks(Preflight preflight, ReportLog reports, Clock clock) {
        this.preflight = preflight;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Returns at once. One that comes again while it is under way is answered once.
     *
     * @param isPast whether it was sent before this instance read along: then only a deadline says that somebody still waits
     */
    void order(WeightOrder order, Lineage lineage, boolean isPast) {
        // several rollouts may be checked on one route, all of them before they have a generation
        var id = order.route() + "/" + order.generation() + "." + order.sequence() + "/" + order.rollout();
        if (!isAwaited(order, isPast) || !underWay.add(id)) {
            return;
        }
        try {
            threads.execute(() -> check(order, id, lineage));
        } catch (RejectedExecutionException full) {
            // a rollout begins no later because many do
            underWay.remove(id);
            answer(order, id, List.of(CROWDED), lineage);
        }
    }

    private boolean isAwaited(WeightOrder order, boolean isPast) {
        return order.deadline() == null ? !isPast : !clock.instant().isAfter(order.deadline());
    }

    private void check(WeightOrder order, String id, Lineage lineage) {
        try {
            // whoever asked may have waited for its turn in vain
            if (isAwaited(order, false)) {
                answer(order, id, preflight.check(order), lineage);
            }
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "a check could not be answered route=%s", order.route());
        } finally {
            underWay.remove(id);
        }
    }

    private static String words(List<Finding> findings) {
        return findings.stream().map(Finding::message).collect(Collectors.joining("; "));
    }

    private void answer(WeightOrder order, String id, List<Finding> findings, Lineage lineage) {
        var report = WeightReport.checked(order, findings, summary(findings), clock.instant());
        LOG.infof("checked route=%s findings=%s", order.route(), Cut.to(MOST_LOGGED, words(findings)));
        reports.send(
                report,
                id + "/checked/" + Integer.toHexString(findings.toString().hashCode()),
                lineage);
    }

    private static String summary(List<Finding> findings) {
        var errors = findings.stream().filter(Finding::isError).count();
        var warnings = findings.size() - errors;
        return findings.isEmpty()
                ? "nothing stands in the way"
                : errors
                        + (errors == 1 ? " error, " : " errors, ")
                        + warnings
                        + (warnings == 1 ? " warning" : " warnings");
    }

    void stop() {
        threads.shutdownNow();
    }
}
