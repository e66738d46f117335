package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final Row.Reference FLOOR = new Row.Reference("floor", 10);

    @TempDir
    Path folder;

    @Test
    void rowsAreAListWithTheAgreedNames() throws IOException {
        // given
        var file = folder.resolve("target/results.json");

        // when
        Results.write(file, List.of(Row.of("latency", "abort-to-zero p50", 25, "ms", FLOOR, new Aim.AtMostTimes(3))));

        // then
        assertThat(Json.mapper().readTree(file.toFile()))
                .isEqualTo(Json.mapper().readTree("""
                [{"bench": "latency", "name": "abort-to-zero p50", "value": 25.0, "unit": "ms", "reference": "floor",
                  "referenceValue": 10.0, "ratio": 2.5, "aim": "≤ 3 × reference", "met": true}]"""));
    }

    @Test
    void aSecondRunReplacesTheRowsOfTheFirst() {
        // given
        var file = folder.resolve("results.json");
        Results.write(file, List.of(row(1, null), row(2, null)));

        // when
        Results.write(file, List.of(row(3, null)));

        // then
        assertThat(Results.read(file)).containsExactly(row(3, null));
    }

    @Test
    void anAimThatIsMissedIsSaidSo() {
        assertThat(row(30, new Aim.AtMostTimes(3)).met()).isTrue();
        assertThat(row(30.1, new Aim.AtMostTimes(3)).met()).isFalse();
        assertThat(row(8, new Aim.AtLeastTimes(0.8)).met()).isTrue();
        assertThat(row(7.9, new Aim.AtLeastTimes(0.8)).met()).isFalse();
        assertThat(row(100, new Aim.AtMost(100, "ms")).met()).isTrue();
        assertThat(row(100.1, new Aim.AtMost(100, "ms")).met()).isFalse();
        assertThat(Results.table(List.of(row(30.1, new Aim.AtMostTimes(3)))))
                .contains("30.10", "3.01x", "≤ 3 × reference", "NOT MET");
    }

    @Test
    void aValueWithoutAnAimIsNeitherMetNorMissed() {
        assertThat(row(30, null).met()).isNull();
        assertThat(Results.table(List.of(row(30, null)))).doesNotContain("met", "MET");
    }

    @Test
    void aValueThatStandsAloneHasNoRatio() throws IOException {
        // given
        var file = folder.resolve("results.json");

        // when
        Results.write(file, List.of(Row.alone("load", "refused", 1, "", new Aim.AtMost(0, ""))));

        // then
        var row = Json.mapper().readTree(file.toFile()).get(0);
        assertThat(row.path("ratio").isNull()).isTrue();
        assertThat(row.path("referenceValue").isNull()).isTrue();
        assertThat(row.path("met").asBoolean()).isFalse();
        assertThat(Results.table(Results.read(file))).contains("refused", "1.00", "NOT MET");
    }

    @Test
    void anAimIsWrittenWithoutIdleDigits() {
        assertThat(new Aim.AtMostTimes(1.2).words()).isEqualTo("≤ 1.2 × reference");
        assertThat(new Aim.AtMost(0.5, "cores").words()).isEqualTo("≤ 0.5 cores");
        assertThat(new Aim.AtMost(100, "ms").words()).isEqualTo("≤ 100 ms");
    }

    private static Row row(double value, Aim aim) {
        return Row.of("latency", "some value", value, "ms", FLOOR, aim);
    }
}
