package dev.sluice.cli.trial;

import dev.sluice.cli.trial.Scenario.Series;
import dev.sluice.gate.core.Arrival;
import dev.sluice.gate.core.Origin;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** What a scenario's sides send, second by second. It comes in evenly: nothing here is left to chance. */
final class Traffic {
    static final Duration TICK = Duration.ofSeconds(1);

    private static final String STABLE = "stable";
    private static final String CANARY = "canary";
    /** Of the second that they came in. */
    private static final Duration BEFORE_ITS_END = Duration.ofMillis(1);

    private final Scenario scenario;
    private final TargetKey target;
    private final Instant begun;
    private final IdentityHashMap<Series, Sent> ofStable = new IdentityHashMap<>();
    private final IdentityHashMap<Series, Sent> ofCanary = new IdentityHashMap<>();
    private long offset;

    /** What a side has sent of a series: the part of an event that is still to come, and how many values it took. */
    private static final class Sent {
        private double begunEvent;
        private int values;
    }

    Traffic(Scenario scenario, TargetKey target, Instant begun) {
        this.scenario = scenario;
        this.target = target;
        this.begun = begun;
    }

    long sent() {
        return offset;
    }

    /** What came in the second before this one, at this weight. */
    List<Arrival> before(Instant end, Weight weight) {
        var arrivals = new ArrayList<Arrival>();
        var time = Duration.between(begun, end.minus(TICK));
        var share = weight.hundredths() / (double) Weight.FULL.hundredths();
        for (var series : scenario.series()) {
            send(series, STABLE, series.atAnyWeight() ? 1 : 1 - share, time, end, arrivals);
            // before a release there is no canary
            if (!time.isNegative()) {
                send(series, CANARY, series.atAnyWeight() ? 1 : share, time, end, arrivals);
            }
        }
        alerts(time, end, arrivals);
        return arrivals;
    }

    private void send(Series series, String side, double share, Duration time, Instant end, List<Arrival> arrivals) {
        if (share == 0) {
            return;
        }
        var isCanary = side.equals(CANARY);
        var rate = isCanary
                ? series.perSecond().canary().at(time)
                : series.perSecond().stable().at(time);
        var known = isCanary ? ofCanary : ofStable;
        // a side says at once that it has counted nothing yet
        var isFirst = !known.containsKey(series);
        var sent = known.computeIfAbsent(series, first -> new Sent());
        var due = sent.begunEvent + rate * share;
        // as sums of decimals are: what lacks no more than a rounding is whole
        var whole = Math.floor(due + 1e-9);
        sent.begunEvent = Math.max(0, due - whole);
        if (series.values() == null) {
            if (whole > 0 || isFirst) {
                arrivals.add(arrived(event(series, side, end, whole, null), end));
            }
            return;
        }
        var values = isCanary
                ? series.values().canary().at(time)
                : series.values().stable().at(time);
        for (int i = 0; i < whole; i++) {
            arrivals.add(arrived(event(series, side, end, null, values.get(sent.values % values.size())), end));
            sent.values++;
        }
    }

    private void alerts(Duration time, Instant end, List<Arrival> arrivals) {
        for (var alert : scenario.alerts()) {
            if (isIn(time, alert.from())) {
                arrivals.add(said(alert, AlertState.FIRING, end));
            }
            if (alert.until() != null && isIn(time, alert.until())) {
                arrivals.add(said(alert, AlertState.RESOLVED, end));
            }
        }
    }

    private static boolean isIn(Duration second, Duration moment) {
        return moment.compareTo(second) >= 0 && moment.compareTo(second.plus(TICK)) < 0;
    }

    private Arrival said(Scenario.AlertFiring alert, AlertState state, Instant end) {
        return arrived(
                MetricEvent.ofAlert(
                        target.application(),
                        target.target(),
                        alert.name(),
                        state,
                        end.minus(BEFORE_ITS_END),
                        alert.labels()),
                end);
    }

    private MetricEvent event(Series series, String side, Instant end, Double count, Double value) {
        return new MetricEvent(
                target.application(),
                target.target(),
                side,
                null,
                series.metric(),
                end.minus(BEFORE_ITS_END),
                count,
                value,
                null,
                series.labels(),
                null,
                null);
    }

    private Arrival arrived(MetricEvent event, Instant end) {
        return new Arrival(event, end, new Origin("invented", offset++, 0));
    }
}
