package dev.sluice.simulation.people;

import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.world.Observation;
import dev.sluice.simulation.world.World;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Whoever webhooks call. A webhook's {@code uri} says what they are like: {@code <answering>/<calling back>}. */
public final class Callees {
    /** How a call is answered. */
    enum Answering {
        WELL,
        /** The first attempt fails. */
        WELL_IN_THE_END,
        BADLY,
        /** When nobody listens any more. */
        LATE,
        NEVER
    }

    /** How it is told what became of what was asked for. */
    enum CallingBack {
        ONCE,
        /** Before the call itself is answered. */
        EARLY,
        /** When nobody waits any more. */
        LATE,
        /** The second time with the opposite. */
        TWICE,
        /** It went wrong. */
        IN_VAIN,
        /** With a token that the engine never gave out. */
        FORGED,
        NEVER
    }

    /** An engine's address for callbacks. */
    @FunctionalInterface
    public interface Desk {
        /** @param answered whether the engine has answered, whatever */
        void take(Token token, boolean success, Consumer<Boolean> answered);
    }

    /** @param isGenuine whether the engine signed it */
    public record Token(String application, String call, boolean isGenuine) {}

    private static final long AGAIN_MILLIS = 2000;
    private static final int MOST_TRIES = 40;
    /** Beyond a time limit. */
    private static final long LATE_MILLIS = 2000;

    private final World world;
    private final Faults faults;
    /** What was asked for is done once, however often it is asked for. */
    private final Set<String> done = new HashSet<>();

    private List<Desk> desks = List.of();

    public Callees(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    /** Where callbacks go. */
    public void know(List<? extends Desk> engines) {
        desks = List.copyOf(engines);
    }

    static String uri(Answering answering, CallingBack back) {
        return "https://" + answering + "/" + back;
    }

    /**
     * A call arrives.
     *
     * @param answer may never be given
     */
    public void call(WebhookCall call, Consumer<WebhookAnswer> answer) {
        world.see("callee", new Observation.Called(call, world.now()));
        var parts = call.webhook().uri().substring("https://".length()).split("/", 2);
        var back = CallingBack.valueOf(parts[1]);
        switch (Answering.valueOf(parts[0])) {
            case WELL -> well(call, back, world.chance().between(1, 400), answer);
            case WELL_IN_THE_END -> {
                if (call.attempt() == 1) {
                    answer.accept(failed(call));
                } else {
                    well(call, back, world.chance().between(1, 400), answer);
                }
            }
            case BADLY -> answer.accept(failed(call));
            case LATE -> well(call, back, call.webhook().timeout().toMillis() + LATE_MILLIS, answer);
            case NEVER -> {}
        }
    }

    private static WebhookAnswer failed(WebhookCall call) {
        return new WebhookAnswer(call.id(), WebhookAnswer.Outcome.FAILED, 500, "answered 500", List.of());
    }

    private void well(WebhookCall call, CallingBack back, long inMillis, Consumer<WebhookAnswer> answer) {
        if (!call.webhook().disableCallback() && done.add(call.key())) {
            callBack(call, back, inMillis);
        }
        world.in(inMillis, () -> {
            world.see("callee", new Observation.AnsweredWell(call.id()));
            answer.accept(new WebhookAnswer(call.id(), WebhookAnswer.Outcome.ANSWERED, 200, "answered 200", List.of()));
        });
    }

    private void callBack(WebhookCall call, CallingBack back, long answeredInMillis) {
        var soon = answeredInMillis + world.chance().between(100, 5000);
        switch (back) {
            case ONCE -> callBack(call, true, soon);
            case EARLY -> callBack(call, true, 0);
            case LATE ->
                callBack(call, true, soon + call.webhook().callbackTimeout().toMillis() + LATE_MILLIS);
            case TWICE -> {
                var success = world.chance().percent(70);
                callBack(call, success, soon);
                callBack(call, !success, soon + world.chance().between(0, 2000));
            }
            case IN_VAIN -> callBack(call, false, soon);
            case FORGED -> send(new Token(call.application(), call.id(), false), true, soon, MOST_TRIES);
            case NEVER -> {}
        }
    }

    private void callBack(WebhookCall call, boolean success, long inMillis) {
        world.in(inMillis, () -> {
            world.see("callee", new Observation.CalledBack(call.id(), success));
            send(new Token(call.application(), call.id(), true), success, 0, MOST_TRIES);
        });
    }

    /** Until some engine has answered. */
    private void send(Token token, boolean success, long inMillis, int tries) {
        world.in(inMillis + faults.latencyMillis(), () -> {
            var isAnswered = new boolean[1];
            world.chance().oneOf(desks).take(token, success, answered -> isAnswered[0] = answered);
            if (tries > 1) {
                world.in(AGAIN_MILLIS, () -> {
                    if (!isAnswered[0]) {
                        send(token, success, 0, tries - 1);
                    }
                });
            }
        });
    }
}
