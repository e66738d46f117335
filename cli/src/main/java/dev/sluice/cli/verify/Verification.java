package dev.sluice.cli.verify;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All promises, shown what the topics have: decisions before orders, orders before reports. */
public final class Verification {
    private final List<Promise> promises = List.of(
            new TurnedBack(),
            new CommandsOnce(),
            new VerdictsOnce(),
            new StatusesForward(),
            new Fences(),
            new Generations(),
            new Answers());
    private final Set<String> decisions = new HashSet<>();

    /** @param broken what breaks it; none: it holds as far as the topics show */
    public record Result(String promise, String words, List<String> broken) {}

    /** The same again, by its id, is the same decision. */
    public void decided(Audit decision) {
        if (decisions.add(decision.id())) {
            promises.forEach(promise -> promise.decided(decision));
        }
    }

    /** One that only checks is no state of its route. */
    public void ordered(WeightOrder order, Instant at) {
        if (!order.check()) {
            promises.forEach(promise -> promise.ordered(order, at));
        }
    }

    public void reported(WeightReport report) {
        promises.forEach(promise -> promise.reported(report));
    }

    public void shown(Status status) {
        promises.forEach(promise -> promise.shown(status));
    }

    public List<Result> results(Instant now) {
        return promises.stream()
                .map(promise -> new Result(promise.number(), promise.words(), promise.broken(now)))
                .toList();
    }
}
