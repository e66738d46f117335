package dev.sluice.gate.alert;

import com.google.re2j.Pattern;
import dev.sluice.gate.format.foreign.JsonTree;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * Datadog's webhook (docs.datadoghq.com/integrations/webhooks) with the payload that {@code docs/alerts.md} gives. Its default one
 * doesn't say whether a monitor triggers or recovers.
 */
@Singleton
public class Datadog implements Monitor {
    /** {@code [P1] [Triggered on {host:web-1}] } before the monitor's own name, which is what stays when it recovers. */
    private static final Pattern TITLE = Pattern.compile(
            "(?:\\[(?:P[1-5]|(?:Re-)?(?:Triggered|Recovered|Warn|No Data|Renotify|Manually Resolved)[^\\]]*)\\] *)*(.*)",
            Pattern.DOTALL);

    @Override
    public String name() {
        return "datadog";
    }

    @Override
    public Said read(byte[] body) {
        try {
            var alert = JsonTree.of(body);
            var transition = alert.path("alert_transition").asText();
            if (transition.isEmpty()) {
                return new Said.Malformed(
                        "it has no `alert_transition`: the webhook needs the payload that docs/alerts.md gives");
            }
            var labels = new TreeMap<>(Texts.ofTags(alert.path("alert_scope").asText()));
            Texts.ofTags(alert.path("tags").asText()).forEach(labels::putIfAbsent);
            var title = TITLE.matcher(alert.path("alert_title").asText());
            var name = title.matches() ? title.group(1).strip() : "";
            var monitor = alert.path("alert_id").asText() + " "
                    + alert.path("alert_scope").asText();
            return new Said.Alerts(List.of(new SaidAlert(
                    name.isEmpty() ? null : name,
                    state(transition, alert.path("alert_type").asText()),
                    time(alert.path("date").asText()),
                    labels,
                    Texts.of(alert),
                    Texts.hash(monitor))));
        } catch (IOException e) {
            return Texts.unreadable(e);
        }
    }

    /** A warning and missing data are neither. What is told again says by its type alone what it is. */
    private static AlertState state(String transition, String type) {
        return switch (transition) {
            case "Triggered", "Re-Triggered" -> AlertState.FIRING;
            case "Renotify" -> "error".equals(type) ? AlertState.FIRING : null;
            case "Recovered", "Manually Resolved" -> AlertState.RESOLVED;
            default -> null;
        };
    }

    /** Milliseconds since 1970. */
    private static Instant time(String date) {
        return date.matches("\\d{12,14}") ? Instant.ofEpochMilli(Long.parseLong(date)) : null;
    }
}
