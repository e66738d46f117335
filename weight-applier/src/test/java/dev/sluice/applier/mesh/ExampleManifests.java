package dev.sluice.applier.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All objects in a folder's manifests, those of subfolders and of lists included.
 *
 * @param unread documents that are no plain YAML, templates mostly
 */
record ExampleManifests(List<Found> objects, int files, int unread) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** @param file for people */
    record Found(Path file, Document document) {}

    static ExampleManifests in(Path folder) {
        var objects = new ArrayList<Found>();
        var unread = 0;
        var files = files(folder);
        for (var file : files) {
            // Document by document: one that is a template doesn't hide the others.
            for (var text : text(file).split("(?m)^---.*$")) {
                try {
                    add(YAML.convertValue(YAML.readTree(text), Object.class), folder.relativize(file), objects);
                } catch (JsonProcessingException template) {
                    unread++;
                }
            }
        }
        return new ExampleManifests(List.copyOf(objects), files.size(), unread);
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|yml|json|template)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void add(Object value, Path file, List<Found> objects) {
        if (value instanceof Map<?, ?> map && map.get("items") instanceof List<?> items) {
            items.forEach(item -> add(item, file, objects));
        } else if (value instanceof Map<?, ?> map && map.get("kind") instanceof String) {
            objects.add(new Found(file, new Document((Map<String, Object>) map)));
        }
    }
}
