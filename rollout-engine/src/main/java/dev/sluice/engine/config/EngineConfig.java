package dev.sluice.engine.config;

import dev.sluice.access.Role;
import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All settings of the engine that are its own. Beside them: {@code kafka.bootstrap.servers},
 * {@code quarkus.datasource.*} and {@code quarkus.http.port}.
 */
@StaticInitSafe
@ConfigMapping(prefix = "sluice")
public interface EngineConfig {

    Topics topics();

    Inbound inbound();

    Commands commands();

    Outbox outbox();

    Timers timers();

    Retention retention();

    Webhooks webhooks();

    /**
     * What {@code {{secrets.<name>}}} of a webhook stands for, by name. Beside {@link Webhooks#secretsDirectory}, which is the
     * better place.
     */
    Map<String, String> secrets();

    Freezes freezes();

    interface Topics {
        /** What every topic name, consumer group and transactional id begins with: two systems can share one Kafka. */
        @WithDefault("rollout.")
        String prefix();

        /** Create missing topics at the start. Where false, the engine waits until somebody did. */
        @WithDefault("true")
        boolean create();

        /** Partitions of a topic that is created: the most instances of a service that share its work. */
        @WithDefault("6")
        int partitions();

        /** Copies of each partition of a topic that is created; 3 in production. */
        @WithDefault("1")
        short replication();
    }

    interface Inbound {
        /** The most records of one transaction; also what a poll returns at most. */
        @WithDefault("500")
        int batchSize();

        /** How long a dead instance keeps its partitions. */
        @WithDefault("10s")
        Duration sessionTimeout();

        /** The first and the longest wait before a transaction is tried again that failed by no record's fault. */
        @WithDefault("50ms")
        Duration retryAfter();

        @WithDefault("5s")
        Duration retryAfterAtMost();
    }

    interface Commands {
        /**
         * How long a command's id is known, so that the same id again has no effect. At least twice the retention of the
         * commands topic is kept, whatever this says.
         */
        @WithDefault("15d")
        Duration remembered();

        /** Connections to the database of those who wait for what a command leads to, beside those that decide. */
        @WithDefault("4")
        int connections();

        /**
         * Topics that commands are read from, by name, and what is believed of whoever writes there ({@code docs/access.md}). That of
         * {@link Topics#prefix} is among them, whether it is named here or not.
         */
        Map<String, Trust> topics();

        /** The longest that {@code GET /api/commands} may wait. */
        @WithDefault("60s")
        Duration longestWait();
    }

    /** What a topic's writers may; who they are is for the broker's access control to say. */
    interface Trust {
        /** Whether a record's {@code actor} and {@code roles} are believed: whoever can write there sees to it that they are so. */
        @WithDefault("false")
        boolean trustedRoles();

        /** What its commands may ask for, as roles of {@code docs/access.md}. */
        @WithDefault("admin")
        List<Role> roles();

        /** Of which applications, as patterns such as {@code shop/*}. */
        @WithDefault("*")
        List<String> applications();
    }

    interface Outbox {
        /** How long a dead relay keeps the others from taking over. Renewed three times as often. */
        @WithDefault("3s")
        Duration lease();

        /** The most messages of one Kafka transaction. */
        @WithDefault("500")
        int batchSize();
    }

    /** When what is over is forgotten. Beside {@link Commands#remembered}. */
    interface Retention {
        /**
         * How long the order that let go of a route stays on its topic once it was carried out. An applier takes back what comes
         * too late for ten minutes, for as long as it knows the order.
         */
        @WithDefault("15m")
        Duration releasedRoutes();

        /**
         * How long the last status of a target, and what of it the gate is told, stay on their topics, unless the target begins
         * anew.
         */
        @WithDefault("7d")
        Duration statuses();

        /** How long decisions can be asked for; they go by whole days. The topic of audit has a retention of its own. */
        @WithDefault("90d")
        Duration decisions();
    }

    /** Calls that rollouts make ({@code docs/webhooks.md}). */
    interface Webhooks {
        /**
         * Where those who are called reach this engine, with any path before {@code /api}, such as {@code https://sluice.example.com}.
         * Without it no webhook is called that waits for a callback.
         */
        Optional<String> publicUrl();

        /** Who may be called: {@code *} for everyone, {@code hooks.example.com}, or {@code *.example.com} for all below it. */
        @WithDefault("*")
        List<String> hosts();

        /**
         * Networks that may be called though they are closed by themselves, such as {@code 127.0.0.0/8}: loopback, link-local,
         * multicast and unspecified addresses, and those at which clouds tell their machines' secrets.
         */
        Optional<List<String>> networks();

        /** A folder with a file for each secret, named like it: a mounted Kubernetes Secret. Read anew for each call. */
        Optional<Path> secretsDirectory();

        /** Calls of one instance at the same time; and those of them to one host. */
        @WithDefault("64")
        int inFlight();

        @WithDefault("8")
        int perHost();

        /** The longest answer that is read. */
        @WithDefault("65536")
        int maxResponseBytes();

        /** How much longer than a call may take before another instance makes it again, should this one be gone. */
        @WithDefault("10s")
        Duration margin();

        /** How often calls are looked for that another instance left. */
        @WithDefault("1s")
        Duration sweep();
    }

    interface Freezes {
        /**
         * Roles of which one lets its bearer's {@code start}, {@code promote} or {@code approve} pass freezes and windows
         * ({@code overrideFreeze}); none: nobody may.
         */
        Optional<Set<String>> overrideRoles();
    }

    interface Timers {
        /** How often wake-ups are looked for that another instance should have fired. No part of any latency. */
        @WithDefault("1s")
        Duration sweep();

        /** How late a wake-up must be before an instance fires it that did not set it. */
        @WithDefault("500ms")
        Duration grace();
    }
}
