package dev.sluice.gate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gate.config.AlertsConfig;
import dev.sluice.gate.format.foreign.Drop;
import dev.sluice.gate.format.foreign.Mapped;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.AlertState;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AlertMappingTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Map<String, String> CHECKOUT = Map.of("namespace", "shop", "service", "Checkout");

    private static AlertsConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(AlertsConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(AlertsConfig.class);
    }

    private static AlertMapping mapping(Map<String, String> more) {
        var settings = new HashMap<String, String>();
        settings.put("sluice.gate.alerts.alertmanager.application", "{namespace}/{service}");
        settings.put("sluice.gate.alerts.alertmanager.target", "{target|env}");
        more.forEach((name, value) -> settings.put("sluice.gate.alerts.alertmanager." + name, value));
        return new AlertMapping(new Alertmanager(), config(settings).alerts().get("alertmanager"));
    }

    private static SaidAlert said(AlertState state, Instant time, Map<String, String> labels) {
        var all = new HashMap<>(labels);
        all.put("env", "prod");
        return new SaidAlert("HighErrorRate", state, time, all, Map.of(), "1a30ba71cca2921f");
    }

    private static MetricEvent event(SaidAlert said, Instant now) {
        return ((Mapped.Event) mapping(Map.of()).map(said, now)).event();
    }

    @Test
    void makesAnEventOfAnAlert() {
        // when
        var event = event(said(AlertState.FIRING, NOW.minusSeconds(30), CHECKOUT), NOW);

        // then
        assertThat(event.application()).isEqualTo("shop/checkout");
        assertThat(event.target()).isEqualTo("prod");
        assertThat(event.alert()).isEqualTo("HighErrorRate");
        assertThat(event.state()).isEqualTo(AlertState.FIRING);
        assertThat(event.time()).isEqualTo(NOW.minusSeconds(30));
        assertThat(event.labels()).isEqualTo(Map.of("namespace", "shop", "service", "Checkout", "env", "prod"));
    }

    @Test
    @DisplayName("an end never comes before a beginning that was told before it, however old either is")
    void keepsTheOrderOfWhatIsTold() {
        // given
        var toldAgain = event(said(AlertState.FIRING, NOW.minusSeconds(3600), CHECKOUT), NOW);

        // when
        var ended = event(said(AlertState.RESOLVED, NOW.minusSeconds(5), CHECKOUT), NOW.plusSeconds(10));
        var endedLongAgo = event(said(AlertState.RESOLVED, NOW.minusSeconds(1800), CHECKOUT), NOW.plusSeconds(10));

        // then
        assertThat(toldAgain.time()).isAfter(NOW.minusSeconds(60)).isBefore(ended.time());
        assertThat(endedLongAgo.time()).isAfter(toldAgain.time());
    }

    @Test
    void aTimeInTheFutureIsNow() {
        assertThat(event(said(AlertState.FIRING, NOW.plusSeconds(600), CHECKOUT), NOW)
                        .time())
                .isEqualTo(NOW);
        assertThat(event(said(AlertState.FIRING, null, CHECKOUT), NOW).time()).isNull();
    }

    @Test
    void aRepeatHasTheSameIdAndWhatBeginsAnewAnother() {
        // given
        var first = event(said(AlertState.FIRING, NOW, CHECKOUT), NOW).id();

        // then
        assertThat(event(said(AlertState.FIRING, NOW, CHECKOUT), NOW.plusSeconds(20))
                        .id())
                .isEqualTo(first);
        assertThat(event(said(AlertState.FIRING, NOW.plusSeconds(1), CHECKOUT), NOW)
                        .id())
                .isNotEqualTo(first);
        assertThat(event(said(AlertState.RESOLVED, NOW, CHECKOUT), NOW).id()).isNotEqualTo(first);
        assertThat(event(said(AlertState.FIRING, null, CHECKOUT), NOW).id()).isNull();
    }

    @Test
    @DisplayName("where labels are left out the fingerprint tells alerts apart, so that one's end is not the other's")
    void alertsStayApartWithoutTheirLabels() {
        // given
        var many = new HashMap<>(CHECKOUT);
        for (int i = 0; i < 20; i++) {
            many.put("label" + i, "x");
        }

        // when
        var crowded = event(said(AlertState.FIRING, NOW, many), NOW);
        var kept = ((Mapped.Event) mapping(Map.of("keep", "service")).map(said(AlertState.FIRING, NOW, CHECKOUT), NOW))
                .event();

        // then
        assertThat(crowded.labels()).hasSize(16).containsEntry("fingerprint", "1a30ba71cca2921f");
        assertThat(kept.labels()).isEqualTo(Map.of("service", "Checkout", "fingerprint", "1a30ba71cca2921f"));
    }

    private static Drop dropped(Map<String, String> settings, SaidAlert said) {
        return ((Mapped.Dropped) mapping(settings).map(said, NOW)).why();
    }

    @Test
    void saysWhyAnAlertDoesNotCount() {
        var fires = said(AlertState.FIRING, NOW, CHECKOUT);
        assertThat(dropped(Map.of(), said(null, NOW, CHECKOUT))).isEqualTo(Drop.NO_STATE);
        assertThat(dropped(Map.of(), said(AlertState.FIRING, NOW, Map.of("service", "a"))))
                .isEqualTo(Drop.NO_APPLICATION);
        assertThat(dropped(Map.of("target", "{region}"), fires)).isEqualTo(Drop.NO_TARGET);
        assertThat(dropped(Map.of("when.alertname", "Low.*"), fires)).isEqualTo(Drop.NOT_SELECTED);
        assertThat(dropped(Map.of(), new SaidAlert(null, AlertState.FIRING, NOW, CHECKOUT, Map.of(), "f")))
                .isEqualTo(Drop.NO_ALERT_NAME);
    }

    @Test
    void hearsAnAlertWhoseNameCannotBeStoredAsItIs() {
        // given
        var burning = new SaidAlert(
                "\uD83D\uDD25 \uDEAD errors",
                AlertState.FIRING,
                NOW,
                said(null, NOW, CHECKOUT).labels(),
                Map.of(),
                "f");

        // then
        var event = event(burning, NOW);
        assertThat(event.alert()).isEqualTo("? ? errors");
        assertThat(event.labels()).containsEntry("fingerprint", "f");
    }

    @Test
    void refusesMonitorsThatThereAreNot() {
        assertThatThrownBy(() -> new Monitors(
                        config(Map.of("sluice.gate.alerts.pingdom.target", "prod")), List.of(new Alertmanager())))
                .hasMessage("sluice.gate.alerts.pingdom: there is no such monitor; known are [alertmanager]");
        assertThatThrownBy(() -> new Monitors(
                        config(Map.of("sluice.gate.alerts.alertmanager.target", "prod")), List.of(new Alertmanager())))
                .hasMessageContaining("sluice.gate.alerts.alertmanager: it doesn't say `application`");
        assertThatThrownBy(() -> new Generic(config(Map.of("sluice.gate.alerts.generic.pointers.state", "status"))
                        .alerts()
                        .get("generic")))
                .hasMessageContaining("sluice.gate.alerts.generic.pointers.state status is no JSON pointer");
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatThrownBy(() -> mapping(Map.of("application", "{namespace")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mapping(Map.of("keep", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p")))
                .hasMessageContaining("at most 15");
    }
}
