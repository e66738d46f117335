package dev.sluice.gate.source;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One provider's questions: so many are asked at the same time, so many wait, and each is tried again until it is answered
 * or its time is over. A provider that is away holds nobody but its own questions.
 */
final class Lane implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Lane.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** For a provider that doesn't keep to its time. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String name;
    private final MetricProvider provider;
    private final int room;
    private final Semaphore places;
    private final Semaphore turns;
    private final ExecutorService threads;

    Lane(String name, MetricProvider provider, int inFlight, int waiting) {
        this.name = name;
        this.provider = provider;
        this.room = inFlight + waiting;
        this.places = new Semaphore(room);
        this.turns = new Semaphore(inFlight, true);
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("asks-" + name + "-", 0).factory());
    }

    /** How the question is put; empty where it can't be. */
    Optional<String> text(Question question) {
        try {
            return Optional.of(provider.text(question));
        } catch (Unanswered e) {
            return Optional.empty();
        }
    }

    CompletionStage<Answer> ask(Question question, Duration within) {
        var answer = new CompletableFuture<Answer>();
        take(question, System.nanoTime() + within.toNanos(), 1, answer);
        var late = failed("gave no answer within " + within.toMillis() + " ms", true);
        return answer.completeOnTimeout(late, within.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs that end together may be more than there are places: whoever finds none comes again. */
    private void take(Question question, long end, int tries, CompletableFuture<Answer> answer) {
        try {
            if (places.tryAcquire()) {
                start(question, end, answer);
                return;
            }
            var pause = pause(tries).toNanos();
            if (pause >= left(end)) {
                answer.complete(failed("has " + room + " questions waiting already; this one was turned away", true));
                return;
            }
            CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS)
                    .execute(() -> take(question, end, tries + 1, answer));
        } catch (RejectedExecutionException e) {
            answer.complete(closing());
        }
    }

    private void start(Question question, long end, CompletableFuture<Answer> answer) {
        try {
            threads.execute(() -> {
                Answer found;
                try {
                    found = answered(question, end);
                } finally {
                    places.release();
                }
                answer.complete(found);
            });
        } catch (RejectedExecutionException e) {
            places.release();
            throw e;
        }
    }

    private Answer answered(Question question, long end) {
        try {
            return untilAnswered(question, end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return closing();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a metric provider broke: " + name, e);
            return failed("broke: " + e.getClass().getSimpleName() + "; the gate's log says more", false);
        }
    }

    private Answer untilAnswered(Question question, long end) throws InterruptedException {
        var reason = "no turn came";
        var tries = 0;
        while (turns.tryAcquire(left(end), TimeUnit.NANOSECONDS)) {
            tries++;
            try {
                return named(provider.ask(question, Duration.ofNanos(left(end))));
            } catch (Unanswered e) {
                if (!e.isRetryable()) {
                    return failed(e.getMessage(), false);
                }
                reason = e.getMessage();
            } finally {
                turns.release();
            }
            var pause = pause(tries).toNanos();
            if (pause >= left(end)) {
                break;
            }
            TimeUnit.NANOSECONDS.sleep(pause);
        }
        return failed(reason + (tries > 1 ? " (tried " + tries + " times)" : ""), true);
    }

    private static long left(long end) {
        return end - System.nanoTime();
    }

    /** Doubles with each try; half of it is chance, so that many don't come back at one moment. */
    private static Duration pause(int tries) {
        var full = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(tries - 1, 10));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    private Answer named(Answer answer) {
        return switch (answer) {
            case Answer.Found found -> found;
            case Answer.Nothing nothing -> new Answer.Nothing(name + " " + nothing.words());
            case Answer.Several several -> new Answer.Several(name + " " + several.words());
            case Answer.Failed failed -> failed(failed.words(), failed.retryable());
        };
    }

    private Answer closing() {
        return failed("is not asked any more: the gate ends", true);
    }

    private Answer failed(String words, boolean retryable) {
        return new Answer.Failed(name + ": " + words, retryable);
    }

    /** What is still asked is given up. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
