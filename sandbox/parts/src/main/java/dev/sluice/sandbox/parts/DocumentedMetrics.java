package dev.sluice.sandbox.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of metrics in docs/observability.md. Each service's test compares them with what it exports, so that what dashboards and
 * alerts name can be compared with them alone.
 */
public final class DocumentedMetrics {
    private static final Pattern ROW =
            Pattern.compile("\\| `(sluice_[a-z_]+)` \\|[^|]+\\|([^|]*)\\|([^|]+)\\| [^|]+ \\|");
    private static final Pattern WORD = Pattern.compile("`([a-z_]+)`");
    private static final Pattern SAMPLE = Pattern.compile("(sluice_[a-z_]+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    /** What a histogram is made of, beside its name's own samples. */
    private static final Pattern PART = Pattern.compile("_(bucket|count|sum|max)$");
    /** Which bucket a sample is of. */
    private static final String BUCKET = "le";

    private final Map<String, Metric> byName = new LinkedHashMap<>();

    private record Metric(Set<String> labels, Set<String> services) {
        boolean isOf(String service) {
            return services.contains(service) || services.contains("all");
        }
    }

    private DocumentedMetrics(List<String> page) {
        for (var line : page) {
            var row = ROW.matcher(line);
            if (row.matches() && byName.put(row.group(1), metric(row.group(2), row.group(3))) != null) {
                throw new IllegalStateException(row.group(1) + " stands in two rows");
            }
        }
    }

    private static Metric metric(String labels, String services) {
        var words = WORD.matcher(labels).results().map(found -> found.group(1));
        return new Metric(
                words.collect(Collectors.toCollection(TreeSet::new)),
                Stream.of(services.split(",", -1)).map(String::strip).collect(Collectors.toSet()));
    }

    public static DocumentedMetrics read() {
        try {
            return new DocumentedMetrics(Files.readAllLines(root().resolve("docs/observability.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The checkout that the test runs in. */
    public static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/observability.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Whether a query may ask for it. */
    public boolean has(String name) {
        return byName.containsKey(name) || byName.containsKey(PART.matcher(name).replaceFirst(""));
    }

    public Set<String> labels(String name) {
        return byName.getOrDefault(name, byName.get(PART.matcher(name).replaceFirst("")))
                .labels();
    }

    /**
     * What is wrong between the page and what a service exports, in words: a metric that is missing, or without help, or with other
     * labels, and one that no row names.
     *
     * @param exported what {@code /q/metrics} answers
     */
    public List<String> differences(String service, String exported) {
        var found = new LinkedHashMap<String, Set<String>>();
        exported.lines().forEach(line -> {
            var sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                found.put(name(sample.group(1)), labelsOf(sample.group(2)));
            }
        });
        var wrong = new ArrayList<String>();
        byName.forEach((name, metric) -> {
            if (metric.isOf(service) && !found.containsKey(name)) {
                wrong.add(name + " is not exported");
            }
        });
        found.forEach((name, labels) -> {
            var metric = byName.get(name);
            if (metric == null || !metric.isOf(service)) {
                wrong.add(name + " stands in no row of " + service);
            } else if (!metric.labels().equals(labels)) {
                wrong.add(name + " has the labels " + labels + ", not " + metric.labels());
            }
            // OpenMetrics' text tells of a counter without the ending that its samples have
            var help = "# HELP " + name.replaceFirst("_total$", "") + "(_total)? \\S.*";
            if (exported.lines().noneMatch(line -> line.matches(help))) {
                wrong.add(name + " has no help");
            }
        });
        return wrong;
    }

    private String name(String sample) {
        var whole = PART.matcher(sample).replaceFirst("");
        return byName.containsKey(sample) ? sample : byName.containsKey(whole) ? whole : sample;
    }

    private static Set<String> labelsOf(String inBraces) {
        var labels = new TreeSet<String>();
        if (inBraces != null) {
            LABEL.matcher(inBraces).results().map(found -> found.group(1)).forEach(labels::add);
        }
        labels.remove(BUCKET);
        return labels;
    }
}
