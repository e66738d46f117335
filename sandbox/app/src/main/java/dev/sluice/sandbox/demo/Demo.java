package dev.sluice.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.sandbox.Platform;
import dev.sluice.sandbox.shop.Backend;
import dev.sluice.sandbox.shop.RollbackTimer;
import dev.sluice.sandbox.shop.Shop;
import dev.sluice.sandbox.view.View;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Runs the rollouts of the demo shop, one after the other, from outside: commands in, status out. */
public final class Demo implements AutoCloseable {
    private static final Backend.Deployment FIRST = new Backend.Deployment("1.0.0", 0);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration WATCH_LIMIT = Duration.ofSeconds(5);

    private final View view;
    private final StatusFeed feed;
    private final JsonNode file = StartCommand.file("/demo-rollout.yaml");
    private final RollbackTimer timer;
    private final Shop shop;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Opens the shop. The feed and the view stay the caller's. */
    public Demo(Platform platform, StatusFeed feed, View view) {
        this.feed = feed;
        this.view = view;
        var errorRate = file.at("/analysis/queries/0");
        timer = new RollbackTimer(
                errorRate.path("upperLimit").asDouble(),
                errorRate.path("minimumSamples").asLong());
        shop = new Shop(platform, FIRST, timer);
        shop.weights().onChange(timer::seen);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Rolls out every release and tells how each ended. Stops at the first that does not end as it should. */
    public List<Outcome> run() throws InterruptedException {
        view.say("The shop is open at %s, behind it %s, and has customers.".formatted(shop.address(), FIRST.version()));
        var outcomes = new ArrayList<Outcome>();
        for (var release : Release.ALL) {
            outcomes.add(rollOut(release));
            if (!outcomes.getLast().asExpected()) {
                break;
            }
        }
        return outcomes;
    }

    /**
     * Begins one more and leaves it to whoever looks.
     *
     * @param asking a rollout file that waits for somebody's word
     * @return whether it waits now
     */
    public boolean leaveWaiting(JsonNode asking) throws InterruptedException {
        var release = Release.WAITING;
        view.say("Release %s: %s.".formatted(release.version(), release.story()));
        shop.deploy(release.service(), release.deployment());
        var command = new StartCommand(asking, release.version(), "release " + release.version());
        var waits = firstOf(command.id(), status -> status.phase() == release.expected());
        publish(command);
        return await(waits).isPresent();
    }

    private Outcome rollOut(Release release) throws InterruptedException {
        view.say("Release %s: %s.".formatted(release.version(), release.story()));
        shop.deploy(release.service(), release.deployment());
        timer.begin(release.version(), release.service());
        var command = new StartCommand(file, release.version(), "release " + release.version());
        var end = firstOf(command.id(), status -> status.phase().isFinal());
        var began = System.nanoTime();
        publish(command);
        Optional<Status> last = await(end);
        var took = Duration.ofNanos(System.nanoTime() - began);
        var rollback =
                last.filter(status -> status.phase() == Phase.ROLLED_BACK).flatMap(status -> awaitZero());
        return new Outcome(
                release, last.map(Status::phase), last.map(Status::reason).orElse(""), took, rollback);
    }

    private void publish(StartCommand command) throws InterruptedException {
        try {
            producer.send(command.record()).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take the start command", e.getCause());
        }
    }

    private CompletableFuture<Status> firstOf(String rollout, Predicate<Status> wanted) {
        var found = new CompletableFuture<Status>();
        feed.onStatus(status -> {
            if (rollout.equals(status.rollout()) && wanted.test(status)) {
                found.complete(status);
            }
        });
        feed.onRejected(audit -> {
            if (audit.event() != null && rollout.equals(audit.event().id())) {
                found.completeExceptionally(new IllegalStateException(audit.reason() + " " + audit.errors()));
            }
        });
        return found;
    }

    private Optional<Status> await(CompletableFuture<Status> status) throws InterruptedException {
        try {
            return Optional.of(status.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            view.say("Nothing came of it within %d s.".formatted(LIMIT.toSeconds()));
        } catch (ExecutionException e) {
            view.say("Refused: " + e.getCause().getMessage());
        }
        return Optional.empty();
    }

    /** The status may be here before the watch is. */
    private Optional<Duration> awaitZero() {
        var end = System.nanoTime() + WATCH_LIMIT.toNanos();
        while (timer.took().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return timer.took();
    }

    @Override
    public void close() {
        shop.close();
        producer.close(Duration.ofSeconds(2));
    }
}
