package dev.sluice.simulation.mutant;

import dev.sluice.gate.core.Arrival;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.simulation.invariant.AnAbortStopsWhatCameBefore;
import dev.sluice.simulation.invariant.EachCommandWorksOnce;
import dev.sluice.simulation.invariant.EachRecordIsTakenOnce;
import dev.sluice.simulation.invariant.EveryRolloutEndsOrWaits;
import dev.sluice.simulation.invariant.Invariant;
import dev.sluice.simulation.invariant.NoOrderInForceIsForgotten;
import dev.sluice.simulation.invariant.NothingCommittedIsLost;
import dev.sluice.simulation.invariant.OneHolderPerRoute;
import dev.sluice.simulation.invariant.OnlyWhatIsTrueIsJudged;
import dev.sluice.simulation.invariant.OrdersWaitForNobody;
import dev.sluice.simulation.invariant.ReleasesComeThrough;
import dev.sluice.simulation.invariant.StatusGoesForward;
import dev.sluice.simulation.invariant.WebhooksPassByTheirAnswers;
import dev.sluice.simulation.machine.Parts;
import dev.sluice.simulation.machine.Parts.Omission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shells that forget one of their duties around rules that are right. */
final class ShellMutants {
    private ShellMutants() {}

    static List<Mutant> all() {
        return List.of(
                forgets("an engine that commits without the guard", Omission.GUARD, EachRecordIsTakenOnce.class),
                forgets("an engine that remembers no commands", Omission.COMMAND_IDS, EachCommandWorksOnce.class),
                forgets(
                        "an engine that takes a command to be sent when it is read",
                        Omission.APPEND_TIME,
                        AnAbortStopsWhatCameBefore.class),
                forgets(
                        "an engine that looks at its own routes only",
                        Omission.ROUTES_OF_OTHERS,
                        OneHolderPerRoute.class),
                forgets(
                        "an engine that forgets a route that was claimed again",
                        Omission.STILL_FREE,
                        NoOrderInForceIsForgotten.class),
                forgets("a relay with one lane", Omission.LANES, OrdersWaitForNobody.class),
                forgets(
                        "an engine that tells nobody of the end of a freeze",
                        Omission.LOOKS,
                        EveryRolloutEndsOrWaits.class),
                forgets("an engine without timers", Omission.TIMERS, EveryRolloutEndsOrWaits.class),
                forgets(
                        "a relay that deletes before it sends",
                        Omission.SENT_BEFORE_DELETED,
                        NothingCommittedIsLost.class),
                forgets("a relay that sends after its time", Omission.FENCED_RELAY, StatusGoesForward.class),
                forgets(
                        "an engine that forgets a call before it is made",
                        Omission.CALLED_BEFORE_FORGOTTEN,
                        EveryRolloutEndsOrWaits.class),
                forgets(
                        "an engine that takes any callback, whoever signed its token",
                        Omission.CALLBACK_TOKENS,
                        WebhooksPassByTheirAnswers.class),
                new Mutant(
                        "a gate that never passes", ReleasesComeThrough.class, Parts.REAL.withTold(ShellMutants::deaf)),
                new Mutant(
                        "a gate that takes a histogram's upper buckets for its lowest",
                        OnlyWhatIsTrueIsJudged.class,
                        Parts.REAL.withTold(ShellMutants::fast)),
                forgets("a gate that waits for no events", Omission.COMPLETENESS, OnlyWhatIsTrueIsJudged.class));
    }

    private static GateEvent deaf(GateEvent event) {
        return event instanceof GateEvent.MetricsArrived(int partition, var arrivals, var newest)
                ? new GateEvent.MetricsArrived(partition, List.of(), newest)
                : event;
    }

    private static GateEvent fast(GateEvent event) {
        return event instanceof GateEvent.MetricsArrived(int partition, var arrivals, var newest)
                ? new GateEvent.MetricsArrived(
                        partition, arrivals.stream().map(ShellMutants::fast).toList(), newest)
                : event;
    }

    private static Arrival fast(Arrival arrival) {
        var event = arrival.event();
        if (event.histogram() == null) {
            return arrival;
        }
        var counts =
                new ArrayList<>(Collections.nCopies(event.histogram().counts().size(), 0.0));
        counts.set(0, event.histogram().counts().stream().mapToDouble(n -> n).sum());
        var histogram = new MetricEvent.Histogram(event.histogram().bounds(), counts);
        var changed = new MetricEvent(
                event.application(),
                event.target(),
                event.variant(),
                event.revision(),
                event.metric(),
                event.time(),
                null,
                null,
                histogram,
                event.labels(),
                event.instance(),
                event.id());
        return new Arrival(changed, arrival.appended(), arrival.origin());
    }

    private static Mutant forgets(String name, Omission duty, Class<? extends Invariant> trips) {
        return new Mutant(name, trips, Parts.REAL.without(duty));
    }
}
