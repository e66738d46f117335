package dev.sluice.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The rows of a run, for machines and for people. */
final class Results {
    private Results() {}

    /** Replaces the file by these rows. */
    static void write(Path file, List<Row> rows) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Json.mapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static List<Row> read(Path file) {
        try {
            return Json.mapper().readValue(file.toFile(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static String table(List<Row> rows) {
        var width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        var format = "%-" + width + "s %10s %-10s %10s %8s  %-18s %s%n";
        var table = new StringBuilder(String.format(format, "", "value", "", "reference", "ratio", "aim", ""));
        for (var row : rows) {
            table.append(String.format(
                    format,
                    row.name(),
                    number(row.value()),
                    row.unit(),
                    row.referenceValue() == null ? "" : number(row.referenceValue()),
                    row.ratio() == null ? "" : number(row.ratio()) + "x",
                    row.aim() == null ? "" : row.aim(),
                    row.met() == null ? "" : row.met() ? "met" : "NOT MET"));
        }
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
