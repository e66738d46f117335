package dev.sluice.sandbox.parts;

import java.util.Optional;

/** Decides whether a test's part runs in a container, and says which part runs. */
final class Containers {
    private Containers() {}

    /** The image to run, or none for the embedded part. */
    static Optional<String> image(PartsChoice choice, String repository, String... tagPrefixes) {
        if (choice == PartsChoice.EMBEDDED) {
            return Optional.empty();
        }
        var images = LocalImages.now();
        for (var prefix : tagPrefixes) {
            var image = images.newest(repository, prefix);
            if (image.isPresent()) {
                if (!images.has(LocalImages.RYUK)) {
                    // Without its image the reaper would be pulled; the containers are closed by the test resource.
                    System.setProperty("TESTCONTAINERS_RYUK_DISABLED", "true");
                }
                return image;
            }
        }
        if (choice == PartsChoice.CONTAINERS) {
            throw new IllegalStateException("%s=containers, but no Docker engine here has an image of %s"
                    .formatted(PartsChoice.PROPERTY, repository));
        }
        return Optional.empty();
    }

    /** One line for whoever reads the test's output. */
    static void say(String part, String what) {
        System.out.printf("[parts] %s: %s%n", part, what);
    }

    /** Ends what a test resource started; what does not end is a fault of the run, not of a test. */
    static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException("a part of the test did not stop", e);
        }
    }
}
