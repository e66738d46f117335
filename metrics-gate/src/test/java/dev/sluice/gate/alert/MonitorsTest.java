package dev.sluice.gate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.MetricEvent.AlertState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorsTest {
    private static final Instant BEGAN = Instant.parse("2026-11-30T12:00:00.828Z");

    private static List<SaidAlert> said(Monitor monitor, String body) {
        var said = monitor.read(body.getBytes(StandardCharsets.UTF_8));
        assertThat(said).isInstanceOf(Said.Alerts.class);
        return ((Said.Alerts) said).alerts();
    }

    private static CloudWatch cloudWatch() {
        return new CloudWatch(new Sns(Optional.empty(), null));
    }

    @Test
    void alertmanagerTellsAGroupWithWhatIsResolvedInIt() {
        // given
        var ended = BEGAN.plusSeconds(60);

        // when
        var said = said(
                new Alertmanager(),
                Webhooks.alertmanager(
                        Webhooks.alert("firing", "checkout", BEGAN, null),
                        Webhooks.alert("resolved", "cart", BEGAN, ended)));

        // then
        assertThat(said)
                .containsExactly(
                        new SaidAlert(
                                "HighErrorRate",
                                AlertState.FIRING,
                                BEGAN,
                                Map.of("namespace", "shop", "service", "checkout", "severity", "page"),
                                Map.of(),
                                "1a30ba71cca2921f"),
                        new SaidAlert(
                                "HighErrorRate",
                                AlertState.RESOLVED,
                                ended,
                                Map.of("namespace", "shop", "service", "cart", "severity", "page"),
                                Map.of(),
                                "1a30ba71cca2921f"));
    }

    @Test
    void eventBridgeSaysOfAnAlarmWhatSnsSaysOfIt() {
        // when
        var bySns = said(cloudWatch(), Webhooks.alarm("ALARM", "2026-11-30T12:00:00.828+0000"));
        var byEventBridge = said(cloudWatch(), Webhooks.stateChange("ALARM", "2026-11-30T12:00:00.828+0000"));

        // then
        assertThat(bySns).isEqualTo(byEventBridge);
        assertThat(bySns.getFirst().time()).isEqualTo(BEGAN);
        assertThat(bySns.getFirst().labels())
                .isEqualTo(Map.of("ServiceName", "checkout", "account", "123456789012", "region", "us-east-1"));
    }

    @ParameterizedTest
    @CsvSource({"ALARM,FIRING", "OK,RESOLVED", "INSUFFICIENT_DATA,"})
    void anAlarmWithoutDataIsNeitherFiringNorResolved(String said, AlertState state) {
        assertThat(said(cloudWatch(), Webhooks.alarm(said, "2026-11-30T12:00:00.828+0000"))
                        .getFirst()
                        .state())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "Triggered,error,FIRING",
        "Re-Triggered,error,FIRING",
        "Recovered,success,RESOLVED",
        "Renotify,error,FIRING",
        "Renotify,warning,",
        "Warn,warning,",
        "No Data,error,",
        "Anything,error,"
    })
    void datadogSaysByItsTransitionWhetherAMonitorFires(String transition, String type, AlertState state) {
        assertThat(said(new Datadog(), Webhooks.datadog(transition, type, "errors", 1L))
                        .getFirst()
                        .state())
                .isEqualTo(state);
    }

    @Test
    @DisplayName("what recovers is what was triggered, though Datadog's titles say which of both it is")
    void datadogCallsAnAlertTheSameWhenItRecovers() {
        // when
        var fired = said(
                        new Datadog(),
                        Webhooks.datadog("Triggered", "error", "[P1] [Triggered on {host:web-1}] [shop] errors", 1L))
                .getFirst();
        var recovered = said(
                        new Datadog(),
                        Webhooks.datadog(
                                "Recovered",
                                "success",
                                "[P1] [Recovered on {host:web-1}] [shop] errors",
                                BEGAN.toEpochMilli()))
                .getFirst();

        // then
        assertThat(recovered.name()).isEqualTo(fired.name()).isEqualTo("[shop] errors");
        assertThat(recovered.labels())
                .isEqualTo(fired.labels())
                .containsEntry("team", "shop")
                .containsEntry("host", "web-1");
        assertThat(recovered.fingerprint()).isEqualTo(fired.fingerprint());
        assertThat(recovered.time()).isEqualTo(BEGAN);
    }

    @Test
    void datadogsOwnPayloadIsRefusedWithWhatToDo() {
        var said =
                new Datadog().read("{\"id\":\"1\",\"title\":\"[Triggered] errors\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(said)
                .isInstanceOfSatisfying(
                        Said.Malformed.class, why -> assertThat(why.why()).contains("docs/alerts.md"));
    }

    @Test
    void sluicesOwnShapeIsOneAlertOrAList() {
        // given
        var one =
                "{\"application\":\"shop/checkout\",\"target\":\"prod\",\"alert\":\"Errors\",\"state\":\"firing\",\"labels\":{\"severity\":\"page\"},\"time\":\"2026-11-30T12:00:00.828Z\"}";
        var generic = new Generic((dev.sluice.gate.config.AlertsConfig.Alerts) null);

        // when
        var said = said(generic, one);

        // then
        assertThat(said(generic, "[" + one + "]")).isEqualTo(said);
        assertThat(said.getFirst().name()).isEqualTo("Errors");
        assertThat(said.getFirst().state()).isEqualTo(AlertState.FIRING);
        assertThat(said.getFirst().time()).isEqualTo(BEGAN);
        assertThat(said.getFirst().labels()).isEqualTo(Map.of("severity", "page"));
        assertThat(said.getFirst().about())
                .containsEntry("application", "shop/checkout")
                .containsEntry("target", "prod");
    }

    @Test
    @DisplayName("B25 whatever comes in, no monitor throws")
    void noBodyMakesAMonitorThrow() {
        // given
        var monitors = List.of(
                new Alertmanager(),
                cloudWatch(),
                new Datadog(),
                new Generic((dev.sluice.gate.config.AlertsConfig.Alerts) null));
        var hostile = Stream.of(
                "",
                "null",
                "7",
                "[]",
                "[[]]",
                "{}",
                "{\"alerts\":7}",
                "{\"alerts\":[7]}",
                "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"a\":{}}}]}",
                "{\"AlarmName\":\"a\"}",
                "{\"AlarmName\":7}",
                "{\"detail-type\":\"CloudWatch Alarm State Change\",\"detail\":{}}",
                "{\"Type\":\"Notification\",\"TopicArn\":7}",
                "{\"Type\":\"SubscriptionConfirmation\",\"TopicArn\":\"\"}",
                "{\"alert_transition\":{}}",
                "{\"alert_transition\":\"Triggered\",\"tags\":[\"a\"]}",
                "{\"alert\":{},\"state\":[]}",
                "{\"alert_transition\":\"Triggered\",\"alert_title\":\"" + "[P1] ".repeat(12_000) + "\"}",
                "{\"AlarmName\":\"a\",\"NewStateValue\":\"OK\",\"StateChangeTime\":\"" + "+1".repeat(30_000) + "\"}",
                "[".repeat(100_000),
                "{\"alert\":\"" + "x".repeat(100_000) + "\"}");
        var valid = List.of(
                Webhooks.alertmanager("firing", "checkout", BEGAN, null),
                Webhooks.alarm("ALARM", "2026-11-30T12:00:00.828+0000"),
                Webhooks.datadog("Triggered", "error", "errors", 1L));
        var random = new Random(20261130);
        var broken = Stream.generate(() -> valid.get(random.nextInt(valid.size())))
                .limit(1000)
                .map(text -> text.substring(0, random.nextInt(text.length())) + (char) random.nextInt(128));

        // then
        Stream.concat(hostile, broken)
                .forEach(body ->
                        monitors.forEach(monitor -> assertThat(monitor.read(body.getBytes(StandardCharsets.UTF_8)))
                                .isNotNull()));
    }
}
