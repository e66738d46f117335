package dev.sluice.schemas.rollout.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.rollout.window.Opening.Closed;
import dev.sluice.schemas.rollout.window.Opening.Open;
import dev.sluice.schemas.rollout.window.Window.Allow;
import dev.sluice.schemas.rollout.window.Window.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Calendars by the day: working hours, holidays, clocks that are put forward and back. */
class WindowsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");
    /** A Monday. */
    private static final Instant MONDAY_NOON = Instant.parse("2026-11-30T12:00:00Z");

    private static final Window WORKING_HOURS = allow("0 9 * * MON-FRI", "PT8H", BERLIN);
    private static final Window HOLIDAYS = freeze("2026-12-20T00:00:00Z", "2027-01-02T00:00:00Z", "holidays");

    private static Window allow(String cron, String duration, ZoneId zone, Invoker... invokers) {
        return new Allow(cron, Duration.parse(duration), zone, List.of(invokers));
    }

    private static Window freeze(String from, String to, String reason, Invoker... invokers) {
        return new Freeze(Instant.parse(from), Instant.parse(to), reason, List.of(invokers));
    }

    private static Opening at(Instant now, Window... windows) {
        return Windows.at(List.of(windows), now, Invoker.AUTOMATION);
    }

    private static Opening at(String now, Window... windows) {
        return at(Instant.parse(now), windows);
    }

    private static Open openUntil(String until) {
        return new Open(Instant.parse(until));
    }

    private static Closed closedUntil(String until) {
        return new Closed(Instant.parse(until), "outside the allow windows");
    }

    @Test
    void withoutWindowsItIsAlwaysOpen() {
        assertThat(at(MONDAY_NOON)).isEqualTo(new Open(null));
    }

    @Test
    @DisplayName("B24: outside every allow window, and it is said until when")
    void anAllowWindowOpensByItsZonesClock() {
        assertThat(at("2026-11-30T07:59:59Z", WORKING_HOURS)).isEqualTo(closedUntil("2026-11-30T08:00:00Z"));
        assertThat(at("2026-11-30T08:00:00Z", WORKING_HOURS)).isEqualTo(openUntil("2026-11-30T16:00:00Z"));
        assertThat(at("2026-11-30T15:59:59.999Z", WORKING_HOURS)).isEqualTo(openUntil("2026-11-30T16:00:00Z"));
        assertThat(at("2026-11-30T16:00:00Z", WORKING_HOURS)).isEqualTo(closedUntil("2026-12-01T08:00:00Z"));
        // from Friday evening to Monday morning, and with summer time an hour earlier
        assertThat(at("2026-12-04T17:00:00Z", WORKING_HOURS)).isEqualTo(closedUntil("2026-12-07T08:00:00Z"));
        assertThat(at("2026-06-01T06:30:00Z", WORKING_HOURS)).isEqualTo(closedUntil("2026-06-01T07:00:00Z"));
    }

    @Test
    @DisplayName("B24: inside a freeze, and it is said until when and why")
    void aFreezeClosesWhateverIsAllowed() {
        assertThat(at("2026-12-21T12:00:00Z", HOLIDAYS))
                .isEqualTo(new Closed(
                        Instant.parse("2027-01-02T00:00:00Z"), "frozen until 2027-01-02T00:00:00Z: holidays"));
        assertThat(at("2026-12-21T12:00:00Z", HOLIDAYS, WORKING_HOURS))
                .isEqualTo(new Closed(
                        // the second is a Saturday
                        Instant.parse("2027-01-04T08:00:00Z"), "frozen until 2027-01-02T00:00:00Z: holidays"));
        assertThat(at("2026-12-19T23:59:59Z", HOLIDAYS)).isEqualTo(openUntil("2026-12-20T00:00:00Z"));
        assertThat(at("2027-01-02T00:00:00Z", HOLIDAYS)).isEqualTo(new Open(null));
    }

    @Test
    void anOpenWindowEndsWhereAFreezeBegins() {
        assertThat(at(
                        "2026-11-30T09:00:00Z",
                        WORKING_HOURS,
                        freeze("2026-11-30T10:00:00Z", "2026-11-30T11:00:00Z", null)))
                .isEqualTo(openUntil("2026-11-30T10:00:00Z"));
    }

    @Test
    void ofSeveralAllowWindowsAnyWillDo() {
        // given
        var lunch = allow("0 12 * * *", "PT2H", UTC);
        var afternoon = allow("0 13 * * *", "PT4H", UTC);

        // then
        assertThat(at("2026-11-30T12:30:00Z", lunch, afternoon)).isEqualTo(openUntil("2026-11-30T17:00:00Z"));
        assertThat(at("2026-11-30T17:00:00Z", lunch, afternoon)).isEqualTo(closedUntil("2026-12-01T12:00:00Z"));
    }

    @Test
    void aWindowLongerThanItsCronsDistanceIsOpenWithoutAGap() {
        // when
        var opening = at(MONDAY_NOON, allow("0 * * * *", "PT90M", UTC));

        // then
        assertThat(opening)
                .isInstanceOfSatisfying(
                        Open.class, open -> assertThat(open.until()).isAfter(MONDAY_NOON.plus(Duration.ofHours(90))));
    }

    @Test
    void aWindowBindsItsInvokersAlone() {
        // given
        var forAutomation = List.of(allow("0 9 * * *", "PT1H", UTC, Invoker.AUTOMATION));

        // then
        assertThat(Windows.at(forAutomation, MONDAY_NOON, Invoker.AUTOMATION)).isInstanceOf(Closed.class);
        assertThat(Windows.at(forAutomation, MONDAY_NOON, Invoker.PEOPLE)).isEqualTo(new Open(null));
    }

    @Test
    void ofInvokersThatAreUnsaidBothAreMeant() {
        assertThat(HOLIDAYS.invokers()).containsExactly(Invoker.AUTOMATION, Invoker.PEOPLE);
        assertThat(freeze("2026-12-20T00:00:00Z", "2027-01-02T00:00:00Z", null, Invoker.PEOPLE, Invoker.PEOPLE)
                        .invokers())
                .containsExactly(Invoker.PEOPLE);
    }

    @Test
    void aTimeThatTheClockLeavesOutOpensWhenTheClockGoesOn() {
        // given: on 29 March 2026 02:00 to 03:00 is left out, at 01:00 UTC
        var nightly = allow("30 2 * * *", "PT1H", BERLIN);

        // then
        assertThat(at("2026-03-29T00:59:59Z", nightly)).isEqualTo(closedUntil("2026-03-29T01:00:00Z"));
        assertThat(at("2026-03-29T01:00:00Z", nightly)).isEqualTo(openUntil("2026-03-29T02:00:00Z"));
        assertThat(at("2026-03-29T01:59:59Z", nightly)).isEqualTo(openUntil("2026-03-29T02:00:00Z"));
        assertThat(at("2026-03-29T02:00:00Z", nightly)).isEqualTo(closedUntil("2026-03-30T00:30:00Z"));
    }

    @Test
    void aTimeThatComesTwiceOpensTwice() {
        // given: on 25 October 2026 02:00 to 03:00 comes twice, from 00:00 and from 01:00 UTC
        var nightly = allow("30 2 * * *", "PT10M", BERLIN);

        // then
        assertThat(at("2026-10-25T00:35:00Z", nightly)).isEqualTo(openUntil("2026-10-25T00:40:00Z"));
        assertThat(at("2026-10-25T00:40:00Z", nightly)).isEqualTo(closedUntil("2026-10-25T01:30:00Z"));
        assertThat(at("2026-10-25T01:10:00Z", nightly)).isEqualTo(closedUntil("2026-10-25T01:30:00Z"));
        assertThat(at("2026-10-25T01:35:00Z", nightly)).isEqualTo(openUntil("2026-10-25T01:40:00Z"));
        assertThat(at("2026-10-25T01:40:00Z", nightly)).isEqualTo(closedUntil("2026-10-26T01:30:00Z"));
    }

    @Test
    void howLongAWindowIsIsTimeThatPasses() {
        // given: eight hours over the night in which the clock is put forward
        var night = allow("0 22 * * *", "PT8H", BERLIN);

        // then: to 07:00 by the clock
        assertThat(at("2026-03-28T23:00:00Z", night)).isEqualTo(openUntil("2026-03-29T05:00:00Z"));
    }

    @Test
    void aWindowMayBeLongerThanTheTimeBetweenTwoChangesOfTheClock() {
        // given
        var year = allow("0 0 1 1 *", "P300D", BERLIN);

        // then
        assertThat(at("2026-10-20T12:00:00Z", year)).isEqualTo(openUntil("2026-10-27T23:00:00Z"));
        assertThat(at("2026-11-30T12:00:00Z", year)).isEqualTo(closedUntil("2026-12-31T23:00:00Z"));
    }

    @Test
    void aCronThatIsNeverDueNeverOpens() {
        // given
        var never = allow("0 0 30 2 *", "PT1H", BERLIN);

        // then
        assertThat(Cron.of("0 0 30 2 *").isEverDue()).isFalse();
        assertThat(at(MONDAY_NOON, never))
                .isEqualTo(new Closed(null, "outside the allow windows, none of which opens again"));
    }

    @Test
    void leapDaysAreWaitedFor() {
        assertThat(Cron.of("0 0 29 2 *").isEverDue()).isTrue();
        assertThat(at(MONDAY_NOON, allow("0 0 29 2 *", "PT1H", UTC))).isEqualTo(closedUntil("2028-02-29T00:00:00Z"));
    }

    @Test
    void manyFreezesInARowAreOne() {
        // given
        var days = new Window[60];
        for (int i = 0; i < days.length; i++) {
            var from = MONDAY_NOON.plus(Duration.ofDays(i));
            days[i] = new Freeze(from, from.plus(Duration.ofDays(1)), null, List.of());
        }

        // then
        assertThat(at(MONDAY_NOON, days))
                .isInstanceOfSatisfying(
                        Closed.class,
                        closed -> assertThat(closed.until()).isEqualTo(MONDAY_NOON.plus(Duration.ofDays(60))));
    }

    @Test
    @DisplayName("B25: what is looked at is bounded, and until is a time to ask again where it ends early")
    void hostileWindowsTakeBoundedWork() {
        // given: an allow window each minute, of which each is frozen
        var windows = new java.util.ArrayList<Window>();
        windows.add(allow("* * * * *", "PT1M", UTC));
        for (int i = 0; i < 99; i++) {
            var from = MONDAY_NOON.plus(Duration.ofMinutes(2L * i));
            windows.add(new Freeze(from, from.plus(Duration.ofSeconds(90)), null, List.of()));
        }

        // then
        assertThat(at(MONDAY_NOON, windows.toArray(Window[]::new)))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.until()).isAfter(MONDAY_NOON));
    }
}
