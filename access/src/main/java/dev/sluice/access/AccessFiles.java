package dev.sluice.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The files of tokens and of rules, as they are now. */
@ApplicationScoped
class AccessFiles {
    private static final Logger LOG = Logger.getLogger(AccessFiles.class);
    private static final long BETWEEN_LOOKS_MILLIS = 500;

    private final Optional<WatchedFile<Tokens>> tokens;
    private final Optional<WatchedFile<Rules>> rules;
    private final CountDownLatch stopping = new CountDownLatch(1);

    AccessFiles(AccessConfig config) {
        tokens =
                config.tokens().map(path -> new WatchedFile<>("sluice.access.tokens", path, Tokens.NONE, Tokens::read));
        rules = config.rules().map(path -> new WatchedFile<>("sluice.access.rules", path, Rules.NONE, Rules::read));
    }

    void onStart(@Observes StartupEvent event) {
        Thread.ofPlatform().daemon().name("sluice-access").start(this::watch);
    }

    void onStop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void watch() {
        var watched = Stream.of(tokens, rules).flatMap(Optional::stream).toList();
        try {
            while (!stopping.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                watched.forEach(AccessFiles::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void look(WatchedFile<?> file) {
        try {
            file.look();
        } catch (RuntimeException e) {
            LOG.error("A file of access could not be looked at", e);
        }
    }

    Tokens tokens() {
        return tokens.map(WatchedFile::now).orElse(Tokens.NONE);
    }

    Rules rules() {
        return rules.map(WatchedFile::now).orElse(Rules.NONE);
    }

    boolean hasTokens() {
        return tokens.isPresent();
    }

    boolean hasRules() {
        return rules.isPresent();
    }
}
