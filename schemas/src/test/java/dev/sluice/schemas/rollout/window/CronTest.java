package dev.sluice.schemas.rollout.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Five fields as crontab(5) has them, held against the calendar minute by minute. */
class CronTest {
    private static final LocalDateTime FROM = LocalDateTime.of(2027, 12, 20, 0, 0);
    private static final int DAYS = 90;

    private static void assertDue(String cron, Predicate<LocalDateTime> isDue) {
        // given
        var times = Cron.of(cron);
        LocalDateTime last = null;

        // then
        for (var minute = FROM; minute.isBefore(FROM.plusDays(DAYS)); minute = minute.plusMinutes(1)) {
            if (isDue.test(minute)) {
                if (last != null) {
                    assertThat(times.after(last)).as("after " + last).isEqualTo(minute);
                    assertThat(times.atOrBefore(minute.minusNanos(1)))
                            .as("before " + minute)
                            .isEqualTo(last);
                    assertThat(times.atOrAfter(last.plusSeconds(1))).isEqualTo(minute);
                }
                assertThat(times.atOrBefore(minute)).isEqualTo(minute);
                assertThat(times.atOrAfter(minute)).isEqualTo(minute);
                last = minute;
            }
        }
        assertThat(last).isNotNull();
    }

    @Test
    void listsRangesAndSteps() {
        assertDue(
                "*/20 8-10,14 * * *",
                at -> at.getMinute() % 20 == 0 && List.of(8, 9, 10, 14).contains(at.getHour()));
    }

    @Test
    void namesOfDaysAndMonths() {
        assertDue(
                "0 9 * JAN,FEB MON-FRI",
                at -> at.getMinute() == 0
                        && at.getHour() == 9
                        && at.getMonthValue() <= 2
                        && at.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0);
    }

    @Test
    void sundayIsZeroAndSeven() {
        assertDue("0 0 * * 0", at -> at.getMinute() == 0 && at.getHour() == 0 && at.getDayOfWeek() == DayOfWeek.SUNDAY);
        assertDue("0 0 * * 7", at -> at.getMinute() == 0 && at.getHour() == 0 && at.getDayOfWeek() == DayOfWeek.SUNDAY);
    }

    @Test
    void ofTwoRestrictedDaysEitherWillDo() {
        assertDue(
                "30 6 15 * WED",
                at -> at.getMinute() == 30
                        && at.getHour() == 6
                        && (at.getDayOfMonth() == 15 || at.getDayOfWeek() == DayOfWeek.WEDNESDAY));
    }

    @Test
    void ofDaysThatBeginWithAStarBothHaveToBe() {
        assertDue(
                "0 0 */2 * MON",
                at -> at.getMinute() == 0
                        && at.getHour() == 0
                        && at.getDayOfMonth() % 2 == 1
                        && at.getDayOfWeek() == DayOfWeek.MONDAY);
    }

    @Test
    void aStepFromANumberGoesToTheFieldsEnd() {
        assertDue(
                "50/4 22 * * 5-7",
                at -> at.getHour() == 22
                        && List.of(50, 54, 58).contains(at.getMinute())
                        && at.getDayOfWeek().compareTo(DayOfWeek.THURSDAY) > 0);
    }

    @Test
    void theLastDaysOfMonthsComeWhereTheyAre() {
        assertDue("0 0 31 * *", at -> at.getMinute() == 0 && at.getHour() == 0 && at.getDayOfMonth() == 31);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 9 * *",
                "0 9 * * MON-FRI 2026",
                "60 9 * * *",
                "0 24 * * *",
                "0 9 32 * *",
                "a b c d e",
                "0 0 ? * L"
            })
    void whatIsNoCronIsRefusedWithWords(String fields) {
        assertThatThrownBy(() -> Cron.of(fields))
                .isInstanceOfSatisfying(
                        IllegalArgumentException.class,
                        e -> assertThat(e.getMessage()).isNotBlank());
    }
}
