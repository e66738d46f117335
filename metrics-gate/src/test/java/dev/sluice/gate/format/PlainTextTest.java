package dev.sluice.gate.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read from byte to byte, numbers, times and texts are what they are in words. */
class PlainTextTest {
    @Test
    void numbersAreWhatJavaReads() {
        // given
        var random = new Random(20261130);
        var number = new PlainNumber();

        for (int i = 0; i < 20_000; i++) {
            // when
            var text = (random.nextInt(4) == 0 ? "-" : "")
                    + (random.nextLong(1, 1_000_000_000) >> random.nextInt(30))
                    + (random.nextBoolean() ? "" : "." + random.nextInt(1_000_000));
            var json = (text + ",").getBytes(StandardCharsets.US_ASCII);
            var end = number.read(json, 0, json.length);

            // then
            if (end < 0) {
                assertThat(text).as("plain and not read").matches("-0(\\.0+)?");
            } else {
                assertThat(end).isEqualTo(text.length());
                assertThat(number.value()).as(text).isEqualTo(Double.parseDouble(text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "01", "1.", ".5", "1e3", "1.5E3", "1234567890123456", "-0", "+1", "NaN"})
    void otherNumbersAreLeftToOthers(String text) {
        var json = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(new PlainNumber().read(json, 0, json.length)).isEqualTo(-1);
    }

    @Test
    void timesAreWhatTheyAreInWords() {
        // given
        var random = new Random(20261130);
        var time = new PlainTime();
        var forms = new String[] {
            "2026-11-20T12:00:00Z",
            "2026-11-20T12:00:00.123456789Z",
            "2026-02-28T23:59:59.5+05:30",
            "2024-02-29T00:00:00.000001-11:45",
            "0001-01-01T00:00:00Z"
        };

        for (int i = 0; i < 50_000; i++) {
            // when
            var text = mutated(forms[random.nextInt(forms.length)], random);
            var json = ("  " + text).getBytes(StandardCharsets.US_ASCII);
            var isRead = time.read(json, 2, json.length - 2);

            // then
            var instant = Rfc3339.instant(text);
            assertThat(isRead).as(text).isEqualTo(instant != null);
            if (isRead) {
                assertThat(time.millis()).as(text).isEqualTo(instant.toEpochMilli());
                assertThat(time.isFiner())
                        .as(text)
                        .isEqualTo(instant.isAfter(Instant.ofEpochMilli(instant.toEpochMilli())));
            }
        }
    }

    private static String mutated(String form, Random random) {
        var text = new StringBuilder(form);
        for (int n = random.nextInt(3); n > 0; n--) {
            text.setCharAt(random.nextInt(text.length()), "0123456789-+:.TZ".charAt(random.nextInt(16)));
        }
        if (random.nextInt(20) == 0) {
            text.deleteCharAt(random.nextInt(text.length()));
        }
        return text.toString();
    }

    @Test
    void aTextEndsAtItsQuotationMark() {
        for (int length = 0; length < 40; length++) {
            for (var after : new String[] {"", "x", "\"", "}, and more than eight bytes of it"}) {
                var text = "a".repeat(length);
                var json = (text + "\"" + after).getBytes(StandardCharsets.UTF_8);

                assertThat(Bytes.textEnd(json, 0, json.length)).isEqualTo(length);
                for (var special : new String[] {"\\", "\n", "\u0000", "ü", "🚀"}) {
                    var other = (text + special + text + "\"" + after).getBytes(StandardCharsets.UTF_8);
                    assertThat(Bytes.textEnd(other, 0, other.length)).isEqualTo(-1);
                }
                assertThat(Bytes.textEnd(json, 0, length)).isEqualTo(-1);
            }
        }
    }
}
