package dev.sluice.triggers.cdevents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A CDEvent out of a CloudEvent, in binary mode (attributes in headers {@code ce-…}) or structured. */
public final class Heard {
    private static final String STRUCTURED = "application/cloudevents";
    private static final Pattern STARTS =
            Pattern.compile("dev\\.cdevents\\.(service|artifact)\\.published\\.[0-9]+\\.[0-9]+\\.[0-9]+.*");
    private static final List<String> NEEDED =
            List.of("/context/id", "/context/source", "/context/type", "/context/timestamp", "/subject/id");

    private Heard() {}

    /** It is none, or lacks what the specification asks for. */
    public static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String words) {
            super(words);
        }
    }

    /** @param headers by names in lower case */
    public static JsonNode of(Map<String, String> headers, JsonNode body) throws Unfit {
        var type = headers.getOrDefault("content-type", "").strip().toLowerCase(Locale.ROOT);
        var isStructured = type.startsWith(STRUCTURED);
        var event = isStructured ? data(body) : body;
        for (var pointer : NEEDED) {
            if (!event.at(pointer).isTextual() || event.at(pointer).asText().isEmpty()) {
                throw new Unfit("a CDEvent needs the text " + pointer);
            }
        }
        if (!event.at("/context/specversion").isTextual()
                && !event.at("/context/version").isTextual()) {
            throw new Unfit("a CDEvent needs the text /context/specversion");
        }
        if (!event.at("/subject/content").isObject()) {
            throw new Unfit("a CDEvent needs the object /subject/content");
        }
        for (var attribute : List.of("id", "source", "type")) {
            var carried = isStructured ? body.path(attribute).textValue() : headers.get("ce-" + attribute);
            if (carried != null
                    && !carried.equals(event.at("/context/" + attribute).asText())) {
                throw new Unfit("the CloudEvent's " + attribute + " is " + carried + ", and the CDEvent's "
                        + event.at("/context/" + attribute).asText() + ": they have to be the same");
            }
        }
        return event;
    }

    /** Whether it is of a kind that may start something: something was published. */
    public static boolean mayStart(JsonNode event) {
        return STARTS.matcher(event.at("/context/type").asText()).matches();
    }

    private static JsonNode data(JsonNode cloudEvent) throws Unfit {
        if (cloudEvent.has("data")) {
            return cloudEvent.get("data");
        }
        try {
            return Json.mapper()
                    .readTree(Base64.getDecoder()
                            .decode(cloudEvent.path("data_base64").asText()));
        } catch (IOException | IllegalArgumentException e) {
            throw new Unfit("the CloudEvent carries no JSON in `data` or `data_base64`");
        }
    }
}
