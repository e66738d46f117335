package dev.sluice.sandbox.parts;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A Kubernetes API without a cluster behind it: nothing runs there, objects are only stored, checked and watched. */
public sealed interface KubernetesPart extends AutoCloseable permits RealKubernetes, MockKubernetes {
    /** Which API to start. */
    enum Choice {
        /** A kube-apiserver with etcd; fails where there are no binaries and none can be downloaded. */
        REAL,
        /** The CRUD mock, with the limits that {@link MockKubernetes} names. */
        MOCK,
        /** The real one where its binaries are or can be had within ten seconds, else the mock. */
        AUTO;

        /** Reads {@code real}, {@code mock} or {@code auto}. */
        public static Choice of(String word) {
            return switch (word) {
                case "real" -> REAL;
                case "mock" -> MOCK;
                case "auto" -> AUTO;
                default ->
                    throw new IllegalArgumentException(
                            "which Kubernetes API? '%s' is none of real, mock, auto".formatted(word));
            };
        }
    }

    /** Whether {@link Choice#REAL} can be started here without a download. */
    static boolean isRealThere() {
        return ApiBinaries.installed().isPresent();
    }

    /** Starts an API whose data goes when it is closed. */
    static KubernetesPart start(Choice choice) {
        return start(choice, Folder.temporary("kubernetes"), child -> {});
    }

    /**
     * Starts an API that keeps its data and logs in {@code folder}.
     *
     * @param children is told of every process that is started for it, also later
     */
    static KubernetesPart start(Choice choice, Path folder, Consumer<ProcessHandle> children) {
        return start(choice, Folder.given(folder), children);
    }

    private static KubernetesPart start(Choice choice, Folder folder, Consumer<ProcessHandle> children) {
        return switch (choice) {
            case REAL -> RealKubernetes.start(folder, children);
            case MOCK -> MockKubernetes.start();
            case AUTO -> ApiBinaries.available() ? RealKubernetes.start(folder, children) : MockKubernetes.start();
        };
    }

    /** Which API this is, in words for people. */
    String describe();

    /** The text of a kubeconfig file that reaches this API with all rights. */
    String kubeconfig();

    /** The kubectl that came with this API, if one did. */
    Optional<Path> kubectl();

    @Override
    void close();

    /**
     * A client with all rights; the caller closes it. It has a certificate and no token: left to itself, it would read the
     * whole configuration again with every request to see whether there is one now.
     */
    default KubernetesClient client() {
        var config = Config.fromKubeconfig(kubeconfig());
        config.setOauthTokenProvider(() -> null);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Writes the kubeconfig to this file, readable by its owner only where the file system can say so. */
    default Path writeKubeconfig(Path file) {
        try {
            var target = file.toAbsolutePath();
            Files.createDirectories(target.getParent());
            Files.writeString(target, kubeconfig());
            target.toFile().setReadable(false, false);
            target.toFile().setReadable(true, true);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the kubeconfig to " + file, e);
        }
    }

    /** Makes these namespaces where they are missing. */
    static void createNamespaces(KubernetesClient client, Iterable<String> names) {
        for (var name : names) {
            if (client.namespaces().withName(name).get() == null) {
                client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                        .create();
            }
        }
    }
}
