package dev.sluice.notifier.delivery;

import dev.sluice.notifier.Meters;
import dev.sluice.notifier.channel.Channel;
import dev.sluice.notifier.channel.Outcome;
import dev.sluice.notifier.channel.Outcome.Later;
import dev.sluice.notifier.channel.Outcome.Refused;
import dev.sluice.notifier.channel.Outcome.Sent;
import dev.sluice.notifier.core.Delivery;
import dev.sluice.notifier.core.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * What waits for one channel, and the thread that sends it. A message that fails waits for its next try while others are tried, and no
 * other channel waits for this one.
 */
final class Lane {
    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final Duration LEDGER_AGAIN_AFTER = Duration.ofSeconds(1);

    private final String name;
    private final Channel channel;
    private final Terms terms;
    private final Meters meters;
    private final Clock clock = Clock.systemUTC();
    private final DelayQueue<Parcel> queue = new DelayQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /**
     * How patient a lane is.
     *
     * @param giveUpAfter how old a message may become that is tried again
     * @param waiting messages at most
     */
    record Terms(Duration giveUpAfter, Pauses pauses, int waiting) {}

    Lane(String name, Channel channel, Terms terms, Meters meters) {
        this.name = name;
        this.channel = channel;
        this.terms = terms;
        this.meters = meters;
        meters.channel(name, queue::size);
        thread = Thread.ofPlatform().name("channel-" + name).daemon().start(this::run);
    }

    void put(Parcel parcel) {
        if (queue.size() < terms.waiting()) {
            queue.put(parcel);
        } else {
            giveUp(parcel, "more than " + terms.waiting() + " messages wait for the channel");
        }
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try {
                var parcel = queue.take();
                if (stopped.getCount() == 0) {
                    return;
                }
                try {
                    deliver(parcel);
                } catch (RuntimeException e) {
                    LOG.errorf(e, "a message can't be sent, which is a bug; it is tried again channel=%s", name);
                    again(parcel, Duration.ZERO);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void deliver(Parcel parcel) throws InterruptedException {
        var begun = parcel.book().begin(parcel.key(), parcel.message(), name);
        if (begun.isEmpty()) {
            return;
        }
        try {
            ended(parcel, begun.get(), channel.send(begun.get()));
        } finally {
            parcel.book().end();
        }
    }

    private void ended(Parcel parcel, Message message, Outcome outcome) throws InterruptedException {
        var attempts = parcel.attempts() + 1;
        switch (outcome) {
            case Sent() -> {
                record(parcel, Delivery.sent(attempts, clock.instant()));
                meters.sent(name);
            }
            case Refused(var words) -> failed(parcel, message, attempts, words);
            case Later(var words, var atLeast) -> {
                meters.triedInVain(name);
                if (message.made().plus(terms.giveUpAfter()).isBefore(clock.instant())) {
                    failed(parcel, message, attempts, words);
                } else {
                    LOG.warnf(
                            "a message was not taken, trying again channel=%s rule=%s application=%s target=%s rollout=%s attempt=%d reason=%s",
                            name,
                            message.rule(),
                            message.application(),
                            message.target(),
                            message.rollout(),
                            attempts,
                            words);
                    again(parcel, atLeast);
                }
            }
        }
    }

    private void again(Parcel parcel, Duration atLeast) {
        var pause = terms.pauses().after(parcel.attempts() + 1, atLeast);
        queue.put(parcel.again(System.nanoTime() + pause.toNanos()));
    }

    private void giveUp(Parcel parcel, String words) {
        var begun = parcel.book().begin(parcel.key(), parcel.message(), name);
        if (begun.isPresent()) {
            try {
                failed(parcel, begun.get(), parcel.attempts(), words);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                parcel.book().end();
            }
        }
    }

    private void failed(Parcel parcel, Message message, int attempts, String words) throws InterruptedException {
        LOG.errorf(
                "a message was given up, nobody there has been told channel=%s rule=%s application=%s target=%s rollout=%s attempts=%d reason=%s",
                name, message.rule(), message.application(), message.target(), message.rollout(), attempts, words);
        record(parcel, Delivery.failed(attempts, clock.instant(), words));
        meters.failed(name);
    }

    /** The ledger has to know: until it does nothing else is sent here. */
    private void record(Parcel parcel, Delivery delivery) throws InterruptedException {
        do {
            try {
                parcel.book().record(parcel.key(), parcel.message(), name, delivery);
                return;
            } catch (KafkaException e) {
                LOG.errorf(
                        "what became of a message can't be written, trying again channel=%s reason=%s",
                        name, e.getMessage());
            }
        } while (!stopped.await(LEDGER_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** What is being sent is sent, and the ledger knows. */
    void stop(Duration within) {
        stopped.countDown();
        queue.clear();
        try {
            // for a thread that waits for a message
            queue.put(new Parcel(null, null, null, name, 0, System.nanoTime()));
            thread.join(within);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
