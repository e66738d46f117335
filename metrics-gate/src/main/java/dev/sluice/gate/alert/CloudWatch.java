package dev.sluice.gate.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gate.format.Times;
import dev.sluice.gate.format.foreign.JsonTree;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CloudWatch's alarms as SNS brings them by HTTPS, and as EventBridge does (docs.aws.amazon.com/AmazonCloudWatch, "Notifying users on
 * alarm changes", "Alarm events and EventBridge"). {@code INSUFFICIENT_DATA} says neither that it fires nor that it doesn't.
 */
@Singleton
public class CloudWatch implements Monitor {
    private static final String STATE_CHANGE = "CloudWatch Alarm State Change";

    private final Sns sns;

    CloudWatch(Sns sns) {
        this.sns = sns;
    }

    @Override
    public String name() {
        return "cloudwatch";
    }

    @Override
    public Said read(byte[] body) {
        try {
            var tree = JsonTree.of(body);
            return Sns.isMessage(tree) ? ofSns(tree) : sns.takesOthers() ? alarm(tree) : Sns.NOT_ITS_OWN;
        } catch (IOException e) {
            return Texts.unreadable(e);
        }
    }

    private Said ofSns(JsonNode tree) throws IOException {
        return switch (sns.open(tree)) {
            case Sns.Opened.Message(var text) -> alarm(JsonTree.of(text.getBytes(StandardCharsets.UTF_8)));
            case Sns.Opened.Other(var said) -> said;
        };
    }

    private static Said alarm(JsonNode alarm) {
        if (alarm.path("AlarmName").isTextual()) {
            return said(alarm);
        }
        var detail = alarm.path("detail");
        return STATE_CHANGE.equals(alarm.path("detail-type").asText()) && detail.isObject()
                ? saidByEventBridge(alarm, detail)
                : new Said.Malformed(
                        "it is no alarm of CloudWatch: neither `AlarmName` nor `detail-type: " + STATE_CHANGE + "`");
    }

    private static Said said(JsonNode alarm) {
        var trigger = alarm.path("Trigger");
        var labels = new TreeMap<String, String>();
        dimensions(trigger.path("Dimensions"), labels);
        for (var metric : trigger.path("Metrics")) {
            dimensions(metric.path("MetricStat").path("Metric").path("Dimensions"), labels);
        }
        return said(
                alarm.path("AlarmName").asText(),
                alarm.path("NewStateValue").asText(),
                alarm.path("StateChangeTime").asText(),
                alarm.path("AlarmArn").asText(),
                labels);
    }

    private static Said saidByEventBridge(JsonNode event, JsonNode detail) {
        var labels = new TreeMap<String, String>();
        for (var metric : detail.path("configuration").path("metrics")) {
            Texts.of(metric.path("metricStat").path("metric").path("dimensions"))
                    .forEach(labels::putIfAbsent);
        }
        return said(
                detail.path("alarmName").asText(),
                detail.path("state").path("value").asText(),
                detail.path("state").path("timestamp").asText(),
                event.path("resources").path(0).asText(),
                labels);
    }

    /** @param arn {@code arn:aws:cloudwatch:<region>:<account>:alarm:<name>} */
    private static Said said(String name, String state, String time, String arn, Map<String, String> labels) {
        if (state.isEmpty()) {
            return new Said.Malformed("the alarm has no state");
        }
        var parts = arn.split(":", 7);
        if (parts.length == 7) {
            labels.putIfAbsent("region", parts[3]);
            labels.putIfAbsent("account", parts[4]);
        }
        return new Said.Alerts(List.of(new SaidAlert(
                name.isEmpty() ? null : name,
                state(state),
                time(time),
                labels,
                Map.of(),
                Texts.hash(arn + " " + name))));
    }

    private static void dimensions(JsonNode dimensions, Map<String, String> into) {
        for (var dimension : dimensions) {
            var name = dimension.path("name").asText();
            var value = dimension.path("value").asText();
            if (!name.isEmpty() && !value.isEmpty()) {
                into.putIfAbsent(name, value);
            }
        }
    }

    private static AlertState state(String state) {
        return switch (state) {
            case "ALARM" -> AlertState.FIRING;
            case "OK" -> AlertState.RESOLVED;
            default -> null;
        };
    }

    /** {@code 2019-10-02T17:04:40.989+0000}, without the colon that RFC 3339 has. */
    private static Instant time(String text) {
        var colon = text.length() - 2;
        return text.matches(".*[+-]\\d{4}")
                ? Times.instant(text.substring(0, colon) + ":" + text.substring(colon))
                : Times.instant(text);
    }
}
