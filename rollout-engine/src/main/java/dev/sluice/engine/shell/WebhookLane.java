package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.postgres.StorageUnavailable;
import dev.sluice.engine.postgres.WebhookCallRows;
import dev.sluice.engine.postgres.WebhookCallRows.Claimed;
import dev.sluice.engine.webhook.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Makes the calls that decisions led to, each at least once: a row is gone only with the transaction that stores what its answer
 * led to. Whoever claims a row makes its call; should that instance be gone, another makes it again under the same key. So many
 * at the same time, and fewer of one host: a host that is slow or away keeps no other's calls waiting.
 */
@ApplicationScoped
class WebhookLane {
    private static final Logger LOG = Logger.getLogger(WebhookLane.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** For answers that just came; what takes longer is called again by whoever is there then. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final Database database;
    private final WebhookCallRows rows;
    private final LeftCalls left;
    private final Caller caller;
    private final CallbackDesk callbacks;
    private final Handler handler;
    private final Meters meters;
    private final EngineConfig.Webhooks config;
    private final Semaphore work = new Semaphore(0);
    /** Hosts of the calls that this instance makes now, by id. */
    private final Map<String, String> made = new ConcurrentHashMap<>();

    private volatile boolean stopped;
    private ExecutorService calls;
    private Thread thread;

    WebhookLane(
            Database database,
            WebhookCallRows rows,
            LeftCalls left,
            Caller caller,
            CallbackDesk callbacks,
            Handler handler,
            Commits commits,
            Meters meters,
            EngineConfig config) {
        this.database = database;
        this.rows = rows;
        this.left = left;
        this.caller = caller;
        this.callbacks = callbacks;
        this.handler = handler;
        this.meters = meters;
        this.config = config.webhooks();
        commits.onCommit(news -> {
            if (news.calls()) {
                wake();
            }
        });
    }

    void start() {
        stopped = false;
        calls = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("sluice-webhook-", 0).factory());
        thread = Thread.ofPlatform().name("sluice-webhooks").start(this::run);
    }

    void stop() {
        stopped = true;
        wake();
        try {
            thread.join(LONGEST_STOP);
            calls.shutdown();
            if (!calls.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.infof("Calls of webhooks are left to the next engine: %d", made.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            calls.shutdownNow();
        }
    }

    boolean isRunning() {
        return thread != null && thread.isAlive();
    }

    private void wake() {
        work.release();
    }

    private void run() {
        while (!stopped) {
            try {
                if (begin() == 0) {
                    rest();
                }
            } catch (RuntimeException e) {
                LOG.warnf("Calls of webhooks could not be looked for, trying again: %s", Reasons.of(e));
                rest();
            }
        }
    }

    private int begin() {
        work.drainPermits();
        var room = config.inFlight() - made.size();
        if (room <= 0) {
            return 0;
        }
        var busy = made.values().stream().collect(Collectors.toMap(host -> host, host -> 1, Integer::sum));
        var unreadable = left.unreadable();
        var claimed = database.alone(
                session -> rows.claim(session, unreadable, busy, config.perHost(), room, config.margin()));
        for (var one : claimed) {
            // one whose claim ran out here is still on its way
            if (made.putIfAbsent(one.id(), one.host()) == null) {
                calls.execute(() -> carryOut(one));
            }
        }
        return claimed.size();
    }

    private void carryOut(Claimed claimed) {
        try {
            var end =
                    System.nanoTime() + claimed.timeout().plus(config.margin()).toNanos();
            var call = read(claimed);
            if (call.isPresent()) {
                var answer = answer(call.get());
                meters.called(answer.outcome());
                handIn(new Incoming.OfAnswer(call.get().application(), answer), end);
            }
        } catch (InterruptedException e) {
            LOG.debugf("Stopped: the call is made again under the same key: %s", claimed.id());
        } catch (StorageUnavailable e) {
            LOG.warnf("What became of a webhook's call can't be stored, it will be made again: %s", e.getMessage());
        } catch (RuntimeException e) {
            // the core has a deadline of its own for what is never answered
            LOG.errorf(e, "A call of a webhook can't be worked off and is given up: %s", claimed.id());
            database.alone(session -> rows.delete(session, claimed.id()));
        } finally {
            made.remove(claimed.id());
            wake();
        }
    }

    /** Empty where a later version wrote it (B42). */
    private Optional<WebhookCall> read(Claimed claimed) {
        try {
            return Optional.of(WebhookCallRows.read(claimed));
        } catch (IllegalStateException e) {
            left.leave(claimed, e);
            return Optional.empty();
        }
    }

    /** Whatever a call comes to, it must not come again and again to every instance in turn. */
    private WebhookAnswer answer(WebhookCall call) throws InterruptedException {
        try {
            return made(call);
        } catch (StackOverflowError | OutOfMemoryError e) {
            return Caller.failed(call, null, "the answer could not be worked off: " + e);
        }
    }

    private WebhookAnswer made(WebhookCall call) throws InterruptedException {
        if (call.webhook().disableCallback()) {
            return caller.call(call, null);
        }
        var uri = callbacks.uri(call);
        return uri.isPresent()
                ? caller.call(call, uri.get())
                : Caller.failed(
                        call,
                        null,
                        "webhook %s waits for a callback, and the engine does not know where it can be reached: set sluice.webhooks.public-url, or disableCallback"
                                .formatted(call.webhook().name()));
    }

    /** As long as nobody else may make the call. */
    private void handIn(Incoming answer, long end) throws InterruptedException {
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                handler.handle(Work.of(answer));
                return;
            } catch (StorageUnavailable e) {
                if (stopped || System.nanoTime() + pause.toNanos() > end) {
                    throw e;
                }
                LOG.debugf("An answer can't be stored yet: %s", e.getMessage());
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void rest() {
        try {
            if (!stopped) {
                var woken = work.tryAcquire(config.sweep().toMillis(), TimeUnit.MILLISECONDS);
                LOG.tracef("Woken by a commit: %s", woken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
