package dev.sluice.applier.kubernetes;

import dev.sluice.applier.config.ClusterSettings;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where an API server's address and the credentials for it are found.
 *
 * @param context of these files; null where the Kubernetes client looks by itself, at the environment as well
 */
record Kubeconfig(String context, List<Path> files) {
    private static final Kubeconfig DEFAULT = new Kubeconfig(null, List.of());

    /**
     * Reads the files, and runs none of the programs that they may name.
     *
     * @throws IllegalArgumentException saying what to correct
     */
    static Kubeconfig of(ClusterSettings cluster) {
        if (cluster.context().isEmpty() && cluster.kubeconfig().isEmpty()) {
            return DEFAULT;
        }
        var files = files(cluster);
        var parsed = files.stream().map(file -> parsed(cluster, file)).toList();
        var contexts = parsed.stream()
                .filter(config -> config.getContexts() != null)
                .flatMap(config -> config.getContexts().stream())
                .map(NamedContext::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        var context = cluster.context()
                .or(() -> Optional.ofNullable(parsed.getFirst().getCurrentContext()))
                .orElseThrow(() -> new IllegalArgumentException(files + " has no current context: name one of "
                        + contexts + " by " + setting(cluster, "context")));
        if (!contexts.contains(context)) {
            throw new IllegalArgumentException("cluster " + cluster.name() + " is to be reached by context " + context
                    + ", which " + files + " has not: name one of " + contexts + " by " + setting(cluster, "context"));
        }
        return new Kubeconfig(context, files);
    }

    private static List<Path> files(ClusterSettings cluster) {
        var files = cluster.kubeconfig().map(List::of).orElseGet(Kubeconfig::usual);
        var there = files.stream().filter(Files::isRegularFile).toList();
        if (there.isEmpty()) {
            throw new IllegalArgumentException(
                    "cluster " + cluster.name() + " is to be reached by a kubeconfig, and there is" + " no file "
                            + files + ": set KUBECONFIG or " + setting(cluster, "kubeconfig"));
        }
        return there;
    }

    private static List<Path> usual() {
        return Config.getKubeconfigFilenames().stream().map(Path::of).toList();
    }

    private static io.fabric8.kubernetes.api.model.Config parsed(ClusterSettings cluster, Path file) {
        try {
            return KubeConfigUtils.parseConfig(file.toFile());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "cluster " + cluster.name() + " is to be reached by " + file + ", which is no readable kubeconfig",
                    e);
        }
    }

    private static String setting(ClusterSettings cluster, String key) {
        return "sluice.clusters." + cluster.name() + "." + key;
    }

    /**
     * What the client needs to know. May run a program that gives the credentials, and so take long.
     *
     * <p>Of a named context nothing comes from the environment, such as KUBERNETES_MASTER: it would lead every cluster's
     * requests to one API server.
     *
     * @throws RuntimeException where such a program gives none; the library only logs that of most
     */
    Config read() {
        if (context == null) {
            var found = Config.autoConfigure(null);
            if (found.getCurrentContext() != null) {
                requireCredentials(found, found.getCurrentContext().getName(), usual());
            }
            return found;
        }
        var config = Config.empty();
        KubeConfigUtils.merge(
                config,
                context,
                files.stream()
                        .map(Path::toFile)
                        .map(KubeConfigUtils::parseConfig)
                        .toArray(io.fabric8.kubernetes.api.model.Config[]::new));
        requireCredentials(config, context, files);
        return config;
    }

    private static void requireCredentials(Config config, String context, List<Path> files) {
        var hasAny = Stream.of(
                        config.getOauthToken(),
                        config.getAutoOAuthToken(),
                        config.getClientCertData(),
                        config.getClientCertFile(),
                        config.getUsername())
                .anyMatch(Objects::nonNull);
        if (!hasAny) {
            userWithProgram(context, files).ifPresent(user -> {
                throw new IllegalStateException(user.getUser().getExec().getCommand() + " of user " + user.getName()
                        + " gave neither a token nor a certificate for context " + context + ": run it by hand to see"
                        + " why");
            });
        }
    }

    private static Optional<NamedAuthInfo> userWithProgram(String context, List<Path> files) {
        var parsed = files.stream()
                .filter(Files::isRegularFile)
                .map(Path::toFile)
                .map(KubeConfigUtils::parseConfig)
                .toList();
        return parsed.stream()
                .flatMap(config -> Stream.ofNullable(config.getContexts()).flatMap(List::stream))
                .filter(named -> context.equals(named.getName()) && named.getContext() != null)
                .map(named -> named.getContext().getUser())
                .findFirst()
                .flatMap(user -> parsed.stream()
                        .flatMap(config -> Stream.ofNullable(config.getUsers()).flatMap(List::stream))
                        .filter(named -> named.getName().equals(user))
                        .findFirst())
                .filter(named -> named.getUser() != null && named.getUser().getExec() != null);
    }

    @Override
    public String toString() {
        return context == null ? "the default one" : "context " + context + " of " + files;
    }
}
