package dev.sluice.sandbox.parts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The executables of Prometheus: on the {@code PATH}, or from Debian's package, which is downloaded and unpacked into the
 * build's folder; nothing is installed.
 */
final class PrometheusBinaries {
    private static final Path UNPACKED = Path.of("target", "prometheus").toAbsolutePath();
    private static final int DOWNLOAD_LIMIT_SECONDS = 60;
    private static final List<String> NAMES = List.of("prometheus", "promtool");

    private PrometheusBinaries() {}

    /** The folder that has them; none where there is neither. */
    static synchronized Optional<Path> folder() {
        return installed().or(() -> downloaded() ? installed() : Optional.empty());
    }

    private static Optional<Path> installed() {
        var path = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(Path::of);
        return Stream.concat(path, Stream.of(UNPACKED.resolve("usr/bin")))
                .filter(folder -> NAMES.stream().allMatch(name -> Files.isExecutable(folder.resolve(name))))
                .findFirst();
    }

    private static boolean downloaded() {
        try {
            Files.createDirectories(UNPACKED);
            if (!succeeds("apt-get", "download", "prometheus")) {
                return false;
            }
            try (var files = Files.list(UNPACKED)) {
                var archive =
                        files.filter(file -> file.toString().endsWith(".deb")).findFirst();
                return archive.isPresent()
                        && succeeds("dpkg", "-x", archive.get().toString(), ".");
            }
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    private static boolean succeeds(String... command) throws IOException {
        var process = new ProcessBuilder(command)
                .directory(UNPACKED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(UNPACKED.resolve("download.log").toFile())
                .start();
        try {
            return process.waitFor(DOWNLOAD_LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }
}
