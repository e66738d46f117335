package dev.sluice.sandbox.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Where a part keeps its data: a folder the caller gave, which stays, or a temporary one, which goes. */
record Folder(Path path, boolean temporary) {
    static Folder given(Path path) {
        try {
            return new Folder(Files.createDirectories(path).toAbsolutePath(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + path, e);
        }
    }

    static Folder temporary(String name) {
        try {
            return new Folder(Files.createTempDirectory("sluice-" + name + "-"), true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder", e);
        }
    }

    void discard() {
        if (!temporary) {
            return;
        }
        try (var files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // A temporary folder that cannot be listed any more is left to the system's own cleaning.
            System.getLogger(Folder.class.getName()).log(System.Logger.Level.DEBUG, "not deleted: {0}", path);
        }
    }
}
