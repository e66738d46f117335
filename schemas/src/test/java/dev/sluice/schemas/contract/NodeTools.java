package dev.sluice.schemas.contract;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tools of the Node.js world, by which others read our contracts. Without Node.js 20, or without its packages and a network, a test is
 * skipped and says so; in CI (the variable CI is set) it fails instead.
 */
final class NodeTools {
    private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();
    private static final Path OF_THE_DASHBOARD =
            Path.of("../dashboard/target/node/bin").toAbsolutePath();
    private static final Path INSTALLED = FOLDER.resolve("node_modules/.package-lock.json");
    private static final int LONGEST_SECONDS = 300;

    record Outcome(int code, List<String> lines) {}

    private NodeTools() {}

    static Outcome run(String script, String... arguments) {
        var version = tried(List.of("node", "-p", "process.versions.node"));
        if (version.code != 0 || Integer.parseInt(version.lines.getFirst().split("\\.")[0]) < 20) {
            missing("There is no Node.js 20 or newer on the path");
        }
        if (isOutOfDate()) {
            var installed =
                    tried(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
            if (installed.code != 0) {
                missing("npm could not get the packages: " + installed.lines);
            }
        }
        var command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return tried(command);
    }

    private static void missing(String words) {
        if (System.getenv("CI") != null) {
            fail(words);
        }
        abort(words);
    }

    private static boolean isOutOfDate() {
        try {
            return !Files.exists(INSTALLED)
                    || Files.getLastModifiedTime(FOLDER.resolve("package-lock.json"))
                                    .compareTo(Files.getLastModifiedTime(INSTALLED))
                            > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome tried(List<String> command) {
        var builder = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
        builder.environment().merge("PATH", OF_THE_DASHBOARD.toString(), (path, other) -> path + ":" + other);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end");
            }
            return new Outcome(process.exitValue(), said.lines().toList());
        } catch (IOException e) {
            return new Outcome(127, List.of(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
