package dev.sluice.schemas.contract;

import dev.sluice.schemas.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Copies of what is published, one for each version, below {@code schemas/released}; their check sums are beside them. */
record Release(String version) {
    static final Path SUMS = Contracts.RELEASED.resolve("SHA256SUMS");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");
    private static final Pattern IN_DEVELOPMENT = Pattern.compile("<version>([0-9.]+)(-SNAPSHOT)?</version>");

    Release {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException(version + " is no version such as 1.2.0");
        }
    }

    static List<Release> all() throws IOException {
        try (var folders = Files.list(Contracts.RELEASED)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> new Release(folder.getFileName().toString()))
                    .toList();
        }
    }

    Path file(String name) {
        return Contracts.RELEASED.resolve(version).resolve(name);
    }

    Path openApi(String service) {
        return file("openapi").resolve(service + ".yaml");
    }

    /** The version that is worked on. */
    static String inDevelopment() throws IOException {
        var version = IN_DEVELOPMENT.matcher(Files.readString(Path.of("pom.xml")));
        return version.find() ? version.group(1) : "none";
    }

    /** What was given out never changes; only the version that is worked on may be copied again. */
    void make(String inDevelopment) throws IOException {
        if (Files.exists(file("asyncapi.yaml")) && !version.equals(inDevelopment)) {
            throw new IllegalStateException(
                    version + " is released and stays as it is; the next has a number of its own");
        }
        // what was written before is read as it was
        var hasExamples = Files.exists(file("examples"));
        for (var word : Contracts.schemas()) {
            copy(Contracts.SCHEMAS.resolve(word + ".schema.json"), file(word + ".schema.json"));
            if (!hasExamples) {
                examples(word);
            }
        }
        copy(Contracts.SCHEMAS.resolve("asyncapi.yaml"), file("asyncapi.yaml"));
        for (var service : Contracts.OVER_HTTP) {
            copy(Contracts.openApi(service), openApi(service));
        }
        Files.write(SUMS, sums());
    }

    private void examples(String word) throws IOException {
        for (var example : Examples.valid(word)) {
            var name = example.path().substring(example.path().lastIndexOf('/') + 1);
            var file = file("examples").resolve(word).resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, example.text());
            if (example.expected() != null) {
                var stem = name.substring(0, name.lastIndexOf('.'));
                Files.writeString(file.resolveSibling(stem + ".plan.json"), example.expected() + "\n");
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of every file there is, as {@code sha256sum} writes them. */
    static List<String> sums() throws IOException {
        var sums = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(Contracts.RELEASED)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.equals(SUMS))
                    .toList()) {
                sums.put(Contracts.RELEASED.relativize(file).toString().replace('\\', '/'), sum(file));
            }
        }
        return sums.entrySet().stream()
                .map(entry -> entry.getValue() + "  " + entry.getKey())
                .toList();
    }

    private static String sum(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
