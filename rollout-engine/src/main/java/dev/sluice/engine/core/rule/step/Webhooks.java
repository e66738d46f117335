package dev.sluice.engine.core.rule.step;

import static dev.sluice.engine.core.rule.Draft.why;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Rollbacks;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Condition.Webhook.Progress;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Link;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.rollout.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Calling somebody, again where that failed, and waiting for their callback (B23). */
public final class Webhooks {
    /** For what keeps the shell from calling at once; the call itself has its own timeout. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final int MOST_WORDS = 500;

    private Webhooks() {}

    /** A webhook that is not over, and where it stands. */
    private record Open(TargetRun run, int number, Condition.Webhook webhook) {
        String words() {
            return "webhook " + webhook.asks().name();
        }
    }

    /** @param name of what it belongs to, as analyses have it */
    static Condition.Webhook open(Draft d, String target, String name, Step.RunWebhook step) {
        // one step may be entered several times
        var key = d.state().application() + "/" + d.state().rollout().id() + "/" + target + "/" + name + "/"
                + d.state().decisions();
        return new Condition.Webhook(
                step.webhook(), key, 1, Progress.CALLING, unanswered(d, step.webhook()), List.of());
    }

    static Why calling(Step.RunWebhook step) {
        return why(ReasonCode.WEBHOOK_RUNNING, "calls webhook " + step.webhook().name());
    }

    private static Instant unanswered(Draft d, dev.sluice.schemas.rollout.Webhook webhook) {
        return d.at().plus(webhook.timeout()).plus(SLACK);
    }

    /** The call was made, or could not be. */
    public static void answered(Draft d, WebhookAnswer answer) {
        var found = find(d, answer.call())
                .filter(open -> open.webhook().progress() == Progress.CALLING
                        && open.webhook().call().equals(answer.call()));
        if (found.isEmpty()) {
            d.ignore(null, "nobody waits for the answer of " + answer.call());
            return;
        }
        var open = found.get();
        switch (answer.outcome()) {
            case FAILED -> failed(d, open, answer.words(), answer.links());
            case ANSWERED -> {
                if (open.webhook().asks().disableCallback()) {
                    went(d, open, open.words() + " went well: " + answer.words(), Progress.DONE, null, answer.links());
                } else {
                    var until = d.at().plus(open.webhook().asks().callbackTimeout());
                    var words = open.words() + " was called (" + answer.words() + "): waits for its callback until "
                            + until;
                    went(d, open, words, Progress.CALLED, until, answer.links());
                }
            }
        }
    }

    /** Whoever was called says how it went, be it before the call's own answer, or after it was made again. */
    public static void calledBack(Draft d, Event.WebhookCalledBack event) {
        var found = find(d, event.call()).filter(open -> !open.webhook().asks().disableCallback());
        if (found.isEmpty()) {
            d.ignore(null, "nobody waits for a callback of " + event.call());
            return;
        }
        var open = found.get();
        if (isLate(d, open.webhook())) {
            d.ignore(
                    null,
                    "the callback of " + event.call() + " came too late: it was awaited until "
                            + open.webhook().until());
            return;
        }
        var said = event.words() == null ? "" : ": " + event.words();
        if (event.success()) {
            went(d, open, open.words() + " called back" + said, Progress.DONE, null, event.links());
        } else {
            fail(d, open, open.words() + " called back that it failed" + said);
        }
    }

    /** Whichever is read first, the callback or the timer: its time limit decides. */
    private static boolean isLate(Draft d, Condition.Webhook webhook) {
        return webhook.progress() == Progress.CALLED && !d.at().isBefore(webhook.until());
    }

    /** What a webhook waits for doesn't come, or it is time to call again. */
    public static void due(Draft d, TargetRun run) {
        for (var open : open(run).toList()) {
            var until = open.webhook().until();
            if (until == null || d.at().isBefore(until) || !isStillOpen(d, open)) {
                continue;
            }
            switch (open.webhook().progress()) {
                case CALLING -> failed(d, open, "no answer came", List.of());
                case RETRYING -> {
                    var again =
                            open.webhook().again(unanswered(d, open.webhook().asks()));
                    var words = "calls " + open.words() + " again, for the " + again.attempt() + ". time";
                    d.decide(new Decision.WebhookWent(run.name(), running(words), d.at(), open.number(), again));
                }
                case CALLED -> fail(d, open, open.words() + ": no callback came until " + until);
                case DONE -> throw new IllegalStateException("what is over is not open");
            }
        }
    }

    /** One that failed may have taken its target back meanwhile. */
    private static boolean isStillOpen(Draft d, Open open) {
        return open(d.run(open.run().name())).anyMatch(now -> now.webhook().equals(open.webhook()));
    }

    private static void failed(Draft d, Open open, String words, List<Link> links) {
        var webhook = open.webhook();
        if (webhook.attempt() > webhook.asks().retryCount()) {
            var attempts = webhook.attempt() == 1 ? "" : " after " + webhook.attempt() + " attempts";
            fail(d, open, open.words() + " failed" + attempts + ": " + words);
            return;
        }
        var at = d.at().plus(backoff(webhook));
        went(
                d,
                open,
                open.words() + " failed and is called again at " + at + ": " + words,
                Progress.RETRYING,
                at,
                links);
    }

    /** Each is twice the one before. */
    private static Duration backoff(Condition.Webhook webhook) {
        var first = webhook.asks().backoff();
        var doublings = Math.min(webhook.attempt() - 1, 20);
        var next = first.multipliedBy(1L << doublings);
        return next.compareTo(LONGEST_BACKOFF) > 0 && first.compareTo(LONGEST_BACKOFF) <= 0 ? LONGEST_BACKOFF : next;
    }

    private static void went(Draft d, Open open, String words, Progress progress, Instant until, List<Link> links) {
        var now = open.webhook().now(progress, until, links);
        d.decide(new Decision.WebhookWent(open.run().name(), running(words), d.at(), open.number(), now));
    }

    private static Why running(String words) {
        return why(ReasonCode.WEBHOOK_RUNNING, Cut.to(MOST_WORDS, words));
    }

    private static void fail(Draft d, Open open, String words) {
        Rollbacks.failed(d, open.run().name(), why(ReasonCode.WEBHOOK_FAILED, Cut.to(MOST_WORDS, words)), null);
    }

    private static Optional<Open> find(Draft d, String call) {
        return d.runs().stream()
                .flatMap(Webhooks::open)
                .filter(open -> open.webhook().made(call))
                .findFirst();
    }

    private static Stream<Open> open(TargetRun run) {
        return run.stage() instanceof Gate gate
                ? IntStream.range(0, gate.conditions().size())
                        .mapToObj(
                                i -> gate.conditions().get(i) instanceof Condition.Webhook webhook && !webhook.isOver()
                                        ? new Open(run, i, webhook)
                                        : null)
                        .filter(Objects::nonNull)
                : Stream.empty();
    }
}
