package dev.sluice.sandbox.parts;

import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * The images that a Docker engine of this machine has already. Tests take containers only from these: a pull would make
 * a first run wait for the network, and fail without one.
 */
record LocalImages(List<String> tags) {
    static final String RYUK = "testcontainers/ryuk";

    /** The images of the engine that answers now; none where there is no engine. */
    static LocalImages now() {
        // Testcontainers tries every way to find an engine, for seconds; without a socket that answers there is none.
        return engineAnswers() ? new LocalImages(listed()) : new LocalImages(List.of());
    }

    /** The newest local tag of this repository whose tag begins so, as {@code repository:tag}. */
    Optional<String> newest(String repository, String tagPrefix) {
        var sorted = new TreeSet<String>(LocalImages::byVersion);
        tags.stream()
                .filter(tag -> tag.startsWith(repository + ":" + tagPrefix))
                .forEach(sorted::add);
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.last());
    }

    boolean has(String repository) {
        return newest(repository, "").isPresent();
    }

    private static boolean engineAnswers() {
        var host = Optional.ofNullable(System.getenv("DOCKER_HOST")).map(URI::create);
        if (host.isPresent() && !"unix".equals(host.get().getScheme())) {
            return true;
        }
        var socket = Path.of(host.map(URI::getPath).orElse("/var/run/docker.sock"));
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException | UnsupportedOperationException none) {
            return false;
        }
    }

    private static List<String> listed() {
        try {
            // The lazy client: DockerClientFactory.client() would start Ryuk first, whose image may be missing.
            return DockerClientFactory.lazyClient().listImagesCmd().exec().stream()
                    .flatMap(image -> image.getRepoTags() == null ? Stream.empty() : Arrays.stream(image.getRepoTags()))
                    .toList();
        } catch (RuntimeException noEngine) {
            return List.of();
        }
    }

    private static int byVersion(String left, String right) {
        return Arrays.compare(padded(left), padded(right));
    }

    private static String[] padded(String tag) {
        var version = tag.substring(tag.lastIndexOf(':') + 1);
        return Arrays.stream(version.split("[.-]"))
                .map(part -> part.matches("\\d{1,9}") ? "%09d".formatted(Integer.valueOf(part)) : part)
                .toArray(String[]::new);
    }
}
