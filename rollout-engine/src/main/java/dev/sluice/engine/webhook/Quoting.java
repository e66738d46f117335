package dev.sluice.engine.webhook;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a value is written where it is put in, so that it stays a value there. */
enum Quoting {
    PLAIN {
        @Override
        String quoted(String value) {
            return value;
        }
    },
    /** Within a string of JSON. */
    JSON {
        @Override
        String quoted(String value) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(value));
        }
    },
    /** Part of a path, a query or a form. */
    URL {
        @Override
        String quoted(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        }
    };

    abstract String quoted(String value);

    /** @param type of a body, as its header has it */
    static Quoting of(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        if (lower.contains("json")) {
            return JSON;
        }
        return lower.contains("x-www-form-urlencoded") ? URL : PLAIN;
    }
}
