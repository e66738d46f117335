package dev.sluice.gate.alert;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.sluice.gate.config.AlertsConfig;
import dev.sluice.gate.format.Times;
import dev.sluice.gate.format.foreign.JsonTree;
import dev.sluice.gate.format.foreign.LabelIs;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Any JSON that tells alerts, one or a list: Sluice's own shape, {@code {application, target, alert, state, labels, time}}, or what
 * the configured JSON pointers (RFC 6901) find.
 */
@Singleton
public class Generic implements Monitor {
    private static final String NAME = "generic";
    private static final String ALERTS = "alerts";
    private static final Map<String, String> OWN = Map.of(
            "alert", "/alert", "state", "/state", "time", "/time", "labels", "/labels", "fingerprint", "/fingerprint");

    private final JsonPointer list;
    private final Map<String, JsonPointer> pointers = new TreeMap<>();
    private final Pattern firing;
    private final Pattern resolved;

    @Inject
    Generic(AlertsConfig config) {
        this(config.alerts().get(NAME));
    }

    /**
     * @param config null for Sluice's own shape
     * @throws IllegalArgumentException where a pointer or an expression is none
     */
    Generic(AlertsConfig.Alerts config) {
        var texts = new HashMap<>(OWN);
        if (config != null) {
            texts.putAll(config.pointers());
        }
        list = pointer(ALERTS, texts.getOrDefault(ALERTS, ""));
        texts.remove(ALERTS);
        texts.forEach((name, text) -> pointers.put(name, pointer(name, text)));
        firing = LabelIs.compile("(?i)(" + (config == null ? "firing" : config.firing()) + ")");
        resolved = LabelIs.compile("(?i)(" + (config == null ? "resolved" : config.resolved()) + ")");
    }

    private static JsonPointer pointer(String name, String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "sluice.gate.alerts.generic.pointers." + name + " " + text
                            + " is no JSON pointer: it begins with /",
                    e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String application() {
        return "{application}";
    }

    @Override
    public String target() {
        return "{target}";
    }

    @Override
    public Said read(byte[] body) {
        try {
            var found = JsonTree.of(body).at(list);
            var alerts = found.isArray() ? found : List.of(found);
            var said = new ArrayList<SaidAlert>();
            for (var alert : alerts) {
                var state = text(alert, "state");
                if (state.isEmpty() || text(alert, "alert").isEmpty()) {
                    return new Said.Malformed(
                            "alert " + said.size() + " has no state or no name where they are looked for: "
                                    + pointers.get("state") + ", " + pointers.get("alert"));
                }
                said.add(said(alert, state));
            }
            return new Said.Alerts(said);
        } catch (IOException e) {
            return Texts.unreadable(e);
        }
    }

    private SaidAlert said(JsonNode alert, String state) {
        var labels = Texts.of(at(alert, "labels"));
        var about = Texts.of(alert);
        pointers.keySet().forEach(name -> about.put(name, text(alert, name)));
        var fingerprint = text(alert, "fingerprint");
        return new SaidAlert(
                text(alert, "alert"),
                firing.matches(state) ? AlertState.FIRING : resolved.matches(state) ? AlertState.RESOLVED : null,
                time(text(alert, "time")),
                labels,
                about,
                fingerprint.isEmpty() ? Texts.fingerprint(labels) : fingerprint);
    }

    private JsonNode at(JsonNode alert, String name) {
        return alert.at(pointers.get(name));
    }

    private String text(JsonNode alert, String name) {
        var node = at(alert, name);
        return node.isValueNode() && !node.isNull() ? node.asText() : "";
    }

    /** RFC 3339, or milliseconds since 1970. */
    private static Instant time(String text) {
        return text.matches("\\d{12,14}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Times.instant(text);
    }
}
