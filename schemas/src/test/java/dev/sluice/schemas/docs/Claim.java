package dev.sluice.schemas.docs;

import java.nio.file.Path;
import java.util.List;

/**
 * A line of {@code docs-examples.txt}: who reads the examples of a kind on a page, or why nobody does.
 *
 * @param page from the top of the repository; a folder, with the slash at its end, or {@code *} for all pages
 * @param kind as behind the fence; {@code -} for none
 * @param by a test's source from the top of the repository, or a reason
 */
record Claim(String page, String kind, String by) {
    static List<Claim> all(Path file) {
        return Example.read(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" *\\| *", 3))
                .map(words -> new Claim(words[0], words[1], words[2]))
                .toList();
    }

    boolean isFor(Example example) {
        var there = page.endsWith("/") ? example.page().startsWith(page) : page.equals(example.page());
        return (there || page.equals("*")) && kind.equals(example.kind().isEmpty() ? "-" : example.kind());
    }

    boolean isATest() {
        return by.endsWith(".java");
    }

    String source() {
        return Example.read(Example.TOP.resolve(by));
    }

    /** What a test that reads it has in its source: the page's name, or the folder of all. */
    String folder() {
        var slash = page.lastIndexOf('/', page.length() - 2);
        return page.equals("*") ? "docs" : page.substring(slash + 1).replaceAll("/$", "");
    }
}
