package dev.sluice.applier.core;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.RoutingObject.Editor;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.SessionAffinity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One route under the rules, with an API server of one object that answers every call at once. What it was asked to
 * write and what was reported can be looked at.
 */
final class Trial {
    static final String ACTIVE = "checkout";
    static final String CANARY = "checkout-canary";

    final List<Decision.Call> writes = new ArrayList<>();
    final List<WeightReport> reports = new ArrayList<>();
    final List<String> reportIds = new ArrayList<>();
    final List<Decision.Retry> retries = new ArrayList<>();
    final List<Decision.AwaitConfirmation> awaited = new ArrayList<>();

    private final Decider decider = new Decider(Rules.DEFAULT);
    private RouteState state;
    private Sight stored = Sight.ABSENT;
    private Map<String, EndpointCount> ready = counts(3, 3);
    private Set<String> missing = Set.of();
    private String blind;
    private Map<String, Running> running = Map.of();
    private UnaryOperator<Made> webhook = UnaryOperator.identity();
    private Optional<Failure> failing = Optional.empty();
    private Runnable overtaking = () -> {};
    private Traits traits = new Traits(true, ACTIVE);
    private Instant now = TestOrder.NOW;
    private long version = 100;

    private Trial(RouteState state) {
        this.state = state;
    }

    static Trial open() {
        return new Trial(RouteState.open(TestOrder.of(0).route()));
    }

    static Trial readingTheLog() {
        return new Trial(RouteState.reading(TestOrder.of(0).route()));
    }

    /** A route at a weight that was ordered, written and reported. */
    static Trial at(int percent) {
        var trial = open();
        trial.order(TestOrder.begins());
        trial.order(TestOrder.of(percent));
        trial.forgetWhatWasSaid();
        return trial;
    }

    Trial endpoints(int active, int canary) {
        ready = counts(active, canary);
        take(new Event.EndpointsSeen(ready, now));
        return this;
    }

    /** Some behind the canary are there and not ready. */
    Trial unready(int active, int canary, int unready) {
        ready = Map.of(ACTIVE, EndpointCount.ready(active), CANARY, new EndpointCount(canary, unready));
        take(new Event.EndpointsSeen(ready, now));
        return this;
    }

    private static Map<String, EndpointCount> counts(int active, int canary) {
        return Map.of(ACTIVE, EndpointCount.ready(active), CANARY, EndpointCount.ready(canary));
    }

    /** Seen only when they are looked at: no watch tells. */
    Trial unseenEndpoints(int active, int canary) {
        ready = counts(active, canary);
        return this;
    }

    /** From now on no look can tell how many endpoints the active backend has. */
    Trial unreadableEndpoints(int canary) {
        ready = Map.of(CANARY, EndpointCount.ready(canary));
        return this;
    }

    /** From now on no look can tell of any endpoints. */
    Trial blind(String why) {
        ready = Map.of();
        blind = why;
        return this;
    }

    /** What looks find to run behind the backends; a watch has told that there is something new. */
    Trial running(Running active, Running canary) {
        runningUnseen(active, canary);
        take(new Event.Reminded(now));
        return this;
    }

    /** The same before any watch has told. */
    Trial runningUnseen(Running active, Running canary) {
        running = Map.of(ACTIVE, active, CANARY, canary);
        return this;
    }

    Trial missing(String... services) {
        missing = Set.of(services);
        return this;
    }

    /** Changes whatever is written, on its way. */
    Trial webhook(UnaryOperator<Made> change) {
        webhook = change;
        return this;
    }

    Trial fallingBackTo(String backend) {
        traits = new Traits(true, backend);
        return this;
    }

    Trial serving(String backend, String server) {
        traits = traits.serving(Map.of(backend, server));
        return this;
    }

    Trial failing(Failure failure) {
        failing = Optional.ofNullable(failure);
        return this;
    }

    /** What is there before anything is ordered. */
    Trial with(Made object) {
        stored = new Sight.Present(object.build());
        return this;
    }

    Trial order(TestOrder order) {
        take(new Event.OrderRead(order.build(), traits, now));
        return this;
    }

    Trial logRead() {
        take(new Event.LogRead(now));
        return this;
    }

    /** The clock goes on, or is set back, and the wait for the next try is over. */
    Trial later(Duration wait) {
        now = now.plus(wait);
        take(new Event.TimeReached(retries.isEmpty() ? now : retries.getLast().at(), now));
        return this;
    }

    /** The mesh's own word has been waited for long enough. */
    Trial waitedLongEnough() {
        var due = awaited.getLast().until();
        now = due.isAfter(now) ? due : now;
        take(new Event.TimeReached(due, now));
        return this;
    }

    /** Somebody changes the object, and the watch shows it. */
    Trial edit(Made changed) {
        stored = new Sight.Present(changed.build());
        take(new Event.ObjectSeen(stored, now));
        return this;
    }

    /** Somebody changes the object after the next write, and the watch shows it before the write's answer is here. */
    Trial editBeforeTheNextAnswer(Made changed) {
        overtaking = () -> {
            var written = object();
            stored = new Sight.Present(
                    new Made(changed.weights, written.fence(), written.managed(), written.uid()).build());
        };
        return this;
    }

    /** As before, but the object is deleted. */
    Trial deleteBeforeTheNextAnswer() {
        overtaking = () -> stored = Sight.ABSENT;
        return this;
    }

    /** Endpoints change during the next write, which only a reminder tells of; then the watch shows what was written. */
    Trial remindedBeforeTheNextAnswer(int active, int canary) {
        overtaking = () -> {
            unseenEndpoints(active, canary);
            state = state.after(decider.decide(state, new Event.Reminded(now)));
            state = state.after(decider.decide(state, new Event.ObjectSeen(stored, now)));
        };
        return this;
    }

    /** The object is gone, and another of the route still sends something to the canary. */
    Trial gone(String left) {
        stored = new Sight.Absent(left);
        return this;
    }

    Trial delete() {
        stored = Sight.ABSENT;
        take(new Event.ObjectSeen(Sight.ABSENT, now));
        return this;
    }

    Trial forgetWhatWasSaid() {
        writes.clear();
        reports.clear();
        reportIds.clear();
        return this;
    }

    /** A process that starts anew knows the log and nothing else. */
    Trial restart(TestOrder... log) {
        state = RouteState.reading(state.route());
        forgetWhatWasSaid();
        for (var order : log) {
            order(order);
        }
        return logRead();
    }

    RouteState state() {
        return state;
    }

    RoutingObject object() {
        return ((Sight.Present) stored).object();
    }

    boolean isAbsent() {
        return stored instanceof Sight.Absent;
    }

    WeightReport report() {
        return reports.getLast();
    }

    List<Outcome> outcomes() {
        return reports.stream().map(WeightReport::outcome).toList();
    }

    Instant now() {
        return now;
    }

    Made made() {
        var object = object();
        return new Made(object.weights(), object.fence(), object.managed(), object.uid())
                .sending(object.routed().match(), object.routed().mirror())
                .keeping(object.routed().affinity());
    }

    private void take(Event first) {
        var next = Optional.of(first);
        for (var steps = 0; next.isPresent(); steps++) {
            if (steps > 50) {
                throw new AssertionError("the rules never come to rest: " + next);
            }
            var decisions = decider.decide(state, next.get());
            state = state.after(decisions);
            next = carryOut(decisions);
        }
    }

    private Optional<Event> carryOut(List<Decision> decisions) {
        Optional<Event> answer = Optional.empty();
        for (var decision : decisions) {
            switch (decision) {
                case Decision.Call call -> answer = Optional.of(answer(call));
                case Decision.Report report -> {
                    reports.add(report.report());
                    reportIds.add(report.id());
                }
                case Decision.Retry retry -> retries.add(retry);
                case Decision.AwaitConfirmation next -> awaited.add(next);
                default -> {}
            }
        }
        return answer;
    }

    private Event answer(Decision.Call call) {
        if (failing.isPresent()) {
            return call instanceof Decision.Look
                    ? new Event.LookFailed(failing.get(), now)
                    : new Event.WriteFailed(failing.get(), now);
        }
        if (call instanceof Decision.Look) {
            return new Event.Looked(stored, ready, missing, blind, running, now);
        }
        writes.add(call);
        stored = switch (call) {
            case Decision.Create create ->
                new Sight.Present(webhook.apply(new Made(
                                        Map.of(ACTIVE, BigDecimal.ZERO, CANARY, BigDecimal.ZERO),
                                        null,
                                        true,
                                        "uid-made")
                                .placed(create.placement()))
                        .build());
            case Decision.Update update ->
                new Sight.Present(
                        webhook.apply(made().placed(update.placement())).build());
            case Decision.Remove remove -> Sight.ABSENT;
            case Decision.Look look -> throw new IllegalStateException("not a write: " + look);
        };
        var answer = new Event.WriteSucceeded(stored, now);
        overtaking.run();
        overtaking = () -> {};
        if (!stored.equals(answer.sight())) {
            state = state.after(decider.decide(state, new Event.ObjectSeen(stored, now)));
        }
        return answer;
    }

    /** An object as a test sees it. */
    final class Made {
        private final Map<String, BigDecimal> weights;
        private final Fence fence;
        private final boolean managed;
        private final String uid;
        private Map<String, BigDecimal> lastApplied = Map.of();
        private List<Editor> editors = List.of();
        private boolean paused;
        private List<Routed.Part> rules = List.of();
        private String unfit;
        private String advice;
        private Confirmation confirmation;
        private Match match;
        private Mirror mirror;
        private SessionAffinity affinity;

        private Made(Map<String, BigDecimal> weights, Fence fence, boolean managed, String uid) {
            this.weights = weights;
            this.fence = fence;
            this.managed = managed;
            this.uid = uid;
        }

        Made by(String manager) {
            editors = List.of(new Editor(manager, false));
            return this;
        }

        Made appliedBy(String manager) {
            editors = List.of(new Editor(manager, true));
            return this;
        }

        Made rememberingAsApplied() {
            lastApplied = weights;
            return this;
        }

        /** What goes to the canary beside its weight. */
        Made sending(Match requests, Mirror copies) {
            match = requests;
            mirror = copies;
            return this;
        }

        /** What keeps clients at the canary. */
        Made keeping(SessionAffinity how) {
            affinity = how;
            return this;
        }

        Made paused() {
            paused = true;
            return this;
        }

        Made weights(int active, int canary) {
            return new Made(
                    Map.of(ACTIVE, BigDecimal.valueOf(active), CANARY, BigDecimal.valueOf(canary)),
                    fence,
                    managed,
                    uid);
        }

        Made fenced(Fence other) {
            return new Made(weights, other, managed, uid);
        }

        /** It has several rules, and a hand made them uneven: the canary's percentages. */
        Made uneven(int... canaries) {
            rules = IntStream.of(canaries)
                    .mapToObj(canary ->
                            Map.of(ACTIVE, BigDecimal.valueOf(100 - canary), CANARY, BigDecimal.valueOf(canary)))
                    .map(each -> new Routed.Part(each, BigDecimal.ZERO))
                    .toList();
            return this;
        }

        /** What is wrong with its form, as a mesh tells. */
        Made unfit(String flaw) {
            unfit = flaw;
            return this;
        }

        /** What a mesh tells of the tool that applies it from Git. */
        Made advising(String words) {
            advice = words;
            return this;
        }

        /** What the mesh's own controller says of it. */
        Made confirmed(Confirmation said) {
            confirmation = said;
            return this;
        }

        Made unmanaged() {
            return new Made(weights, fence, false, uid);
        }

        private Made placed(Placement placement) {
            var canary = placement.weight() == null ? null : placement.weight().percent();
            var next = canary == null
                    ? weights
                    : Map.of(
                            placement.order().active(),
                            BigDecimal.valueOf(100).subtract(canary),
                            placement.order().canary(),
                            canary);
            var made = new Made(next, placement.fence(), managed || placement.owned(), uid);
            return canary == null
                    ? made.sending(match, mirror).keeping(affinity)
                    : made.sending(placement.order().match(), placement.order().mirror())
                            .keeping(placement.order().affinityAt(placement.weight()));
        }

        private RoutingObject build() {
            return new RoutingObject(
                    uid,
                    Long.toString(++version),
                    new Routed(
                            weights, BigDecimal.ZERO, rules, match, mirror, affinity, null, confirmation, null, unfit),
                    lastApplied,
                    fence,
                    managed,
                    paused,
                    editors,
                    advice);
        }
    }

    /** Somebody else's object, made before Sluice came. */
    Made foreign(int active, int canary) {
        return new Made(
                Map.of(ACTIVE, BigDecimal.valueOf(active), CANARY, BigDecimal.valueOf(canary)),
                null,
                false,
                "uid-foreign");
    }

    /** An object that Sluice made in an earlier rollout. */
    Made own(int active, int canary) {
        return new Made(
                Map.of(ACTIVE, BigDecimal.valueOf(active), CANARY, BigDecimal.valueOf(canary)),
                new Fence(TestOrder.GENERATION - 1, 9, Weight.percent(canary), ACTIVE),
                true,
                "uid-own");
    }
}
