package dev.sluice.gate.alert;

import java.time.Instant;

/** What monitors send, by their documentation; times are the caller's. */
public final class Webhooks {
    public static final String DIMENSION = "[{\"value\":\"checkout\",\"name\":\"ServiceName\"}]";

    private Webhooks() {}

    /** prometheus.io/docs/alerting/latest/configuration/#webhook_config, version 4; one alert in its group. */
    public static String alertmanager(String status, String service, Instant startsAt, Instant endsAt) {
        return alertmanager(alert(status, service, startsAt, endsAt));
    }

    public static String alertmanager(String... alerts) {
        return """
                {"version":"4","groupKey":"{}/{severity=\\"page\\"}:{alertname=\\"HighErrorRate\\"}","truncatedAlerts":0,"status":"firing",
                 "receiver":"sluice","groupLabels":{"alertname":"HighErrorRate"},"commonLabels":{"alertname":"HighErrorRate","severity":"page"},
                 "commonAnnotations":{"summary":"errors"},"externalURL":"http://alertmanager.example:9093","alerts":[%s]}""".formatted(String.join(",", alerts));
    }

    public static String alert(String status, String service, Instant startsAt, Instant endsAt) {
        return """
                {"status":"%s","labels":{"alertname":"HighErrorRate","namespace":"shop","service":"%s","severity":"page"},
                 "annotations":{"summary":"errors"},"startsAt":"%s","endsAt":"%s",
                 "generatorURL":"http://prometheus.example:9090/graph?g0.expr=up","fingerprint":"1a30ba71cca2921f"}""".formatted(status, service, startsAt, endsAt == null ? "0001-01-01T00:00:00Z" : endsAt);
    }

    /** docs.aws.amazon.com/AmazonCloudWatch, the alarm's notification by SNS: the text in `Message`. */
    public static String alarm(String state, String time) {
        return """
                {"AlarmName":"shop-checkout-errors","AlarmDescription":null,"AWSAccountId":"123456789012",
                 "AlarmConfigurationUpdatedTimestamp":"2026-11-01T08:00:00.000+0000","NewStateValue":"%s","NewStateReason":"Threshold Crossed",
                 "StateChangeTime":"%s","Region":"US East (N. Virginia)",
                 "AlarmArn":"arn:aws:cloudwatch:us-east-1:123456789012:alarm:shop-checkout-errors","OldStateValue":"OK","OKActions":[],
                 "AlarmActions":["arn:aws:sns:us-east-1:123456789012:alarms"],"InsufficientDataActions":[],
                 "Trigger":{"MetricName":"Errors","Namespace":"Shop","StatisticType":"Statistic","Statistic":"SUM","Unit":null,
                 "Dimensions":%s,"Period":60,"EvaluationPeriods":1,"ComparisonOperator":"GreaterThanThreshold","Threshold":1.0}}""".formatted(state, time, DIMENSION);
    }

    /** docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html. */
    public static String stateChange(String state, String time) {
        return """
                {"version":"0","id":"c4c1c1c9-6542-e61b-6ef0-8c4d36933a92","detail-type":"CloudWatch Alarm State Change",
                 "source":"aws.cloudwatch","account":"123456789012","time":"2026-11-30T17:04:40Z","region":"us-east-1",
                 "resources":["arn:aws:cloudwatch:us-east-1:123456789012:alarm:shop-checkout-errors"],
                 "detail":{"alarmName":"shop-checkout-errors","configuration":{"metrics":[{"id":"m1","metricStat":{"metric":
                 {"dimensions":{"ServiceName":"checkout"},"name":"Errors","namespace":"Shop"},"period":60,"stat":"Sum"},"returnData":true}]},
                 "previousState":{"value":"OK"},"state":{"reason":"Threshold Crossed","timestamp":"%s","value":"%s"}}}""".formatted(time, state);
    }

    /** docs.datadoghq.com/integrations/webhooks: its variables in the payload of docs/alerts.md. */
    public static String datadog(String transition, String type, String title, long date) {
        return """
                {"alert_id":"1234","alert_title":"%s","alert_transition":"%s","alert_type":"%s","alert_scope":"service:checkout,host:web-1",
                 "alert_cycle_key":"6421","date":"%d","tags":"env:prod,monitor,service:checkout,team:shop"}""".formatted(title, transition, type, date);
    }
}
