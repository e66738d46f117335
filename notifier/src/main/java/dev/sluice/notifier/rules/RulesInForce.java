package dev.sluice.notifier.rules;

import dev.sluice.notifier.channel.Channels;
import dev.sluice.notifier.config.NotifierConfig;
import dev.sluice.notifier.core.Rule;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The rules as their file has them now. A version that can't be read is told, and the one before it stays in force; without any
 * the notifier doesn't start.
 */
@Singleton
@Startup
public class RulesInForce {
    private static final Logger LOG = Logger.getLogger(RulesInForce.class);
    private static final int LONGEST = 1 << 20;

    private final Path path;
    private final RulesFile file;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rules").daemon().factory());
    private volatile List<Rule> rules;
    private volatile String obstacle;
    /** What was read last, good or bad. */
    private String seen;

    @Inject
    RulesInForce(NotifierConfig config, Channels channels, MeterRegistry registry) {
        this(config.notifier().rules(), channels.names(), config.notifier().reloadEvery(), registry);
    }

    /** @param channels that rules may name */
    RulesInForce(Path path, Set<String> channels, Duration every, MeterRegistry registry) {
        this.path = path;
        this.file = new RulesFile(channels);
        try {
            seen = text();
            rules = file.read(seen);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the rules of sluice.notifier.rules can't be read from " + path + ": " + e.getMessage(), e);
        }
        LOG.infof("%d rules of %s are in force", rules.size(), path);
        Gauge.builder("sluice.notifier.rules.outdated", this, it -> it.obstacle == null ? 0 : 1)
                .description(
                        "1 while the newest version of the rules can't be read, and the one before it stays in force")
                .register(registry);
        var unused =
                looking.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    public List<Rule> now() {
        return rules;
    }

    /** Why the newest version of the file is not in force; empty where it is. */
    public Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    private void look() {
        try {
            var text = text();
            // one that was away for a while may be the same when it is back
            if (!text.equals(seen) || obstacle != null) {
                seen = text;
                rules = file.read(text);
                obstacle = null;
                LOG.infof("%d rules of %s are in force from now on", rules.size(), path);
            }
        } catch (IOException | RuntimeException e) {
            var words = String.valueOf(e.getMessage());
            if (!words.equals(obstacle)) {
                LOG.errorf("The rules of %s can't be read, and those before stay in force: %s", path, words);
            }
            obstacle = words;
        }
    }

    private String text() throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("there is no such file");
        }
        if (Files.size(path) > LONGEST) {
            throw new IOException("it is longer than " + LONGEST + " bytes");
        }
        return Files.readString(path);
    }

    @PreDestroy
    void stop() {
        looking.shutdownNow();
    }
}
