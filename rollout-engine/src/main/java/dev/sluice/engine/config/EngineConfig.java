package dev.sluice.engine.config;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
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

        /** The longest that {@code GET /api/commands} may wait. */
        @WithDefault("60s")
        Duration longestWait();
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
