package dev.sluice.gate.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gate.format.Times;
import dev.sluice.gate.format.foreign.JsonTree;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;

/** Alertmanager's webhook, version 4 (prometheus.io/docs/alerting/latest/configuration/#webhook_config), and Grafana's, which is like it. */
@Singleton
public class Alertmanager implements Monitor {
    private static final String NAME = "alertname";

    @Override
    public String name() {
        return "alertmanager";
    }

    @Override
    public Said read(byte[] body) {
        try {
            var alerts = JsonTree.of(body).path("alerts");
            if (!alerts.isArray()) {
                return new Said.Malformed("it has no list of `alerts`");
            }
            var said = new ArrayList<SaidAlert>();
            for (var alert : alerts) {
                var state = state(alert.path("status").asText());
                if (state == null || !alert.path("labels").isObject()) {
                    return new Said.Malformed(
                            "alert " + said.size() + " has no `status`, firing or resolved, or no `labels`");
                }
                said.add(said(alert, state));
            }
            return new Said.Alerts(said);
        } catch (IOException e) {
            return Texts.unreadable(e);
        }
    }

    private static SaidAlert said(JsonNode alert, AlertState state) {
        var labels = Texts.of(alert.path("labels"));
        var name = labels.remove(NAME);
        var time =
                alert.path(state == AlertState.FIRING ? "startsAt" : "endsAt").asText();
        var fingerprint = alert.path("fingerprint").asText();
        return new SaidAlert(
                name,
                state,
                Times.instant(time),
                labels,
                Map.of(),
                fingerprint.isEmpty() ? Texts.fingerprint(labels) : fingerprint);
    }

    private static AlertState state(String status) {
        return switch (status) {
            case "firing" -> AlertState.FIRING;
            case "resolved" -> AlertState.RESOLVED;
            default -> null;
        };
    }
}
