package dev.sluice.gate.kafka;

import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.format.foreign.ForeignTopics;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Where others' records come in, batch by batch: the next one comes, and this one is committed, when all of it has been handed over.
 * What fails is tried again in place, for nothing may be skipped.
 */
@ApplicationScoped
public class FormatsChannel {
    static final String NAME = "formats";

    private static final Logger LOG = Logger.getLogger(FormatsChannel.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    /** A broker that restarts may cost some. */
    private static final int FINE_TRIES = 3;

    private final Clients clients;
    private final GateConfig config;
    private final ForeignTopics topics;
    private final Meters meters;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile HandOver handOver;
    private volatile String failure;

    FormatsChannel(Clients clients, GateConfig config, ForeignTopics topics, Meters meters) {
        this.clients = clients;
        this.config = config;
        this.topics = topics;
        this.meters = meters;
    }

    @Incoming(NAME)
    @Blocking
    void take(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        var left = new ArrayList<ConsumerRecord<byte[], byte[]>>(records.count());
        records.forEach(left::add);
        var tries = 0;
        do {
            tries++;
            String obstacle;
            try {
                var taken = left.size() - started().take(left).size();
                left.subList(0, taken).clear();
                if (left.isEmpty()) {
                    failure = null;
                    return;
                }
                obstacle = "an event of a later version of Sluice waits in "
                        + left.getFirst().topic();
            } catch (RuntimeException e) {
                if (stopped.getCount() > 0) {
                    LOG.error("what others wrote could not be handed over; it is tried again", e);
                }
                obstacle = String.valueOf(e.getMessage());
                restart();
            }
            failure = tries > FINE_TRIES ? obstacle : failure;
        } while (!stopped.await(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS));
        throw new IllegalStateException("the gate stops; what it has not handed over is read again");
    }

    /** What has kept a batch from being handed over for more than a few tries; null where nothing does. */
    public String failure() {
        return failure;
    }

    private synchronized HandOver started() {
        if (stopped.getCount() == 0) {
            throw new IllegalStateException("the gate stops");
        }
        if (handOver == null) {
            var prefix = config.topics().prefix();
            var deadLetters = new DeadLetterLane(clients.deadLetters(), prefix, meters, System::nanoTime);
            handOver = new HandOver(topics, prefix, clients.handOver(), deadLetters, meters, Clock.systemUTC());
        }
        return handOver;
    }

    /** A send that failed may have been overtaken by none; a producer that failed once may be beyond use. */
    private synchronized void restart() {
        if (handOver != null) {
            handOver.close();
            handOver = null;
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
        restart();
    }
}
