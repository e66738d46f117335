package dev.sluice.applier.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that can be set. The brokers are {@code kafka.bootstrap.servers}; other {@code kafka.*} settings reach the clients too. */
@ConfigMapping(prefix = "sluice")
public interface ApplierSettings {
    /**
     * The clusters whose orders this applier carries out. Those of which nothing more is said are on the API that its
     * kubeconfig names; how others are reached, and their own limits, is in {@link ClusterSettings}.
     */
    List<String> clusters();

    /** The consumer group; one per set of clusters unless said otherwise: {@code <prefix>weight-applier-<clusters>}. */
    Optional<String> group();

    /** Field managers whose re-apply of an old file is repaired, where a person's 0 is taken as an abort. */
    @WithDefault("argocd-controller,argocd-application-controller,kustomize-controller,helm-controller")
    Set<String> gitopsManagers();

    /** How long a crashed applier's routes wait until another instance of its group takes them over. */
    @WithDefault("PT10S")
    Duration sessionTimeout();

    /**
     * How long a raise that is written is reported as waiting for the mesh's own word, where the mesh has one, before it is
     * reported as applied and not in force. Never past the order's own deadline.
     */
    @WithDefault("PT10S")
    Duration confirmation();

    Topics topics();

    Kubernetes kubernetes();

    Backoff backoff();

    interface Topics {
        /** Common to the names of all topics. */
        @WithDefault("rollout.")
        String prefix();
    }

    interface Kubernetes {
        /** One request to the API server, before it counts as failed. */
        @WithDefault("PT5S")
        Duration requestTimeout();

        /**
         * Calls of routes under way at once on each API server, whatever their number: more only make the API server answer later, and in
         * the end refuse. The others wait their turn: those that lower a weight go first, looks and repairs last. Fewer
         * while the API server doesn't answer. Watches come on top.
         */
        @WithDefault("32")
        int concurrency();

        /**
         * How often a watch that has said nothing since is compared with what the API server lists: a broken connection
         * may stay silent without an end. Less often where that takes long.
         */
        @WithDefault("PT30S")
        Duration watchCheck();
    }

    /** After failed requests, per route. */
    interface Backoff {
        /** After the first; doubled after each further one. */
        @WithDefault("PT0.2S")
        Duration first();

        @WithDefault("PT10S")
        Duration longest();
    }
}
