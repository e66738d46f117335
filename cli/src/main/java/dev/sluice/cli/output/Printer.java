package dev.sluice.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cli.Surroundings;
import dev.sluice.schemas.wire.Json;
import java.util.function.Supplier;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;

/** Writes data as it was asked for. */
public final class Printer {
    private static final ObjectMapper MAPPER = Json.mapper();

    private final Surroundings here;
    private final Format format;

    public Printer(Surroundings here, Format format) {
        this.here = here;
        this.format = format;
    }

    public Colours colours() {
        return new Colours(here.coloured());
    }

    /** @param table asked only where people read it */
    public void print(Object data, Supplier<String> table) {
        var text = switch (format) {
            case json -> json(data);
            case yaml -> yaml(data);
            case table, markdown -> Plain.of(table.get());
        };
        here.out().print(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
        here.out().flush();
    }

    /** One of several objects that come one after the other: JSON on a line of its own, YAML as a document of its own. */
    public void printNext(Object data, Supplier<String> line) {
        var text = switch (format) {
            case json -> write(data, false) + "\n";
            case yaml -> "---\n" + yaml(data);
            case table, markdown -> Plain.of(line.get()) + "\n";
        };
        here.out().print(text);
        here.out().flush();
    }

    private static String json(Object data) {
        return write(data, true) + "\n";
    }

    private static String write(Object data, boolean pretty) {
        try {
            return pretty
                    ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(data)
                    : MAPPER.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("all that is printed can be written as JSON, but not " + data, e);
        }
    }

    /** Block style, keys in the order of the JSON. */
    public static String yaml(Object data) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return new Yaml(options).dump(MAPPER.convertValue(data, Object.class));
    }
}
