package dev.sluice.notifier.ledger;

import dev.sluice.notifier.config.NotifierConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The books of the partitions that this instance has. Each is read before any status of its partition is looked at and before any of
 * its messages is sent.
 */
@Singleton
public class Books {
    private static final Logger LOG = Logger.getLogger(Books.class);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    /** More than one try of a channel takes. */
    private static final Duration OVER_A_TRY = Duration.ofSeconds(5);

    private final LedgerTopic topic;
    private final LedgerReader reader;
    private final Ledger ledger;
    private final NotifierConfig.Notifier config;
    private final Clock clock = Clock.systemUTC();
    private final Map<Integer, CompletableFuture<Book>> books = new HashMap<>();
    private final ExecutorService reading = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("ledger").daemon().factory());
    /** Of the reading thread alone. */
    private boolean isPrepared;

    private boolean assigned;
    private volatile String obstacle;

    Books(LedgerTopic topic, LedgerReader reader, Ledger ledger, NotifierConfig config) {
        this.topic = topic;
        this.reader = reader;
        this.ledger = ledger;
        this.config = config.notifier();
    }

    /**
     * @param partitions may be none: an instance without one has nothing to read
     * @param read is given each book once it is
     */
    public synchronized void open(Collection<Integer> partitions, Consumer<Book> read) {
        assigned = true;
        for (var partition : partitions) {
            var book = new CompletableFuture<Book>();
            books.put(partition, book);
            reading.execute(() -> read(partition, book, read));
        }
    }

    private void read(int partition, CompletableFuture<Book> book, Consumer<Book> whoWaits) {
        while (!book.isDone()) {
            try {
                if (!isPrepared) {
                    topic.prepare();
                    isPrepared = true;
                }
                var read = reader.read(partition);
                var beginning = read.beginning().orElseGet(() -> begin(partition));
                var opened = new Book(partition, beginning, read.entries(), ledger);
                forgetOutdated(opened, read);
                obstacle = null;
                if (book.complete(opened)) {
                    whoWaits.accept(opened);
                }
            } catch (RuntimeException e) {
                LOG.errorf("The ledger's partition %d can't be read; it is tried again: %s", partition, e.getMessage());
                obstacle = e.getMessage();
                isPrepared = false;
                pause();
            }
        }
    }

    private Instant begin(int partition) {
        var at = clock.instant().minus(config.reachBack());
        ledger.begin(partition, at);
        return at;
    }

    private void forgetOutdated(Book book, LedgerReader.Read read) {
        var now = clock.instant();
        book.change(page -> {
            read.entries().forEach((key, entry) -> {
                if (entry.isOutdated(now)) {
                    page.put(key, null);
                }
            });
            return true;
        });
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the partition's book is read. Empty where the partition is another instance's now. */
    public Optional<Book> at(int partition) {
        CompletableFuture<Book> book;
        synchronized (this) {
            book = books.get(partition);
        }
        try {
            return Optional.ofNullable(book).map(CompletableFuture::join);
        } catch (CancellationException | CompletionException e) {
            return Optional.empty();
        }
    }

    /** Returns once nothing more is written for them. */
    public void close(Collection<Integer> partitions) {
        var closing = new HashMap<Integer, CompletableFuture<Book>>();
        synchronized (this) {
            partitions.stream().filter(books::containsKey).forEach(each -> closing.put(each, books.remove(each)));
        }
        var until = System.nanoTime() + config.timeout().plus(OVER_A_TRY).toNanos();
        for (var book : closing.values()) {
            if (!book.cancel(false)) {
                book.join().close(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            }
        }
    }

    public synchronized boolean areRead() {
        return assigned && books.values().stream().allMatch(CompletableFuture::isDone);
    }

    /** What keeps the ledger from being read; empty where nothing does. */
    public Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    public void stop() {
        Collection<Integer> all;
        synchronized (this) {
            all = Set.copyOf(books.keySet());
        }
        close(all);
        reading.shutdownNow();
    }
}
