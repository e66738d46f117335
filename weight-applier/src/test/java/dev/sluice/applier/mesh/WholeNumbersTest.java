package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WholeNumbersTest {

    @Test
    @DisplayName("B17 every weight adds up exactly and is exactly that share, in the smallest total that can say it")
    void addsUp() {
        // given
        var weights = IntStream.rangeClosed(0, 100_00).mapToObj(Weight::new).toList();

        for (var weight : weights) {
            // when
            var numbers = WholeNumbers.of(weight);

            // then
            var total = numbers.active().add(numbers.canary()).intValueExact();
            assertThat(total).isIn(100, 1_000, 10_000);
            assertThat(numbers.canary().intValueExact() * (10_000 / total)).isEqualTo(weight.hundredths());
        }
    }

    @Test
    @DisplayName("B17 whole percents are of 100")
    void prefersHundred() {
        assertThat(IntStream.of(0, 1, 50, 99, 100).mapToObj(percent -> WholeNumbers.of(Weight.percent(percent))))
                .containsExactly(numbers(100, 0), numbers(99, 1), numbers(50, 50), numbers(1, 99), numbers(0, 100));
    }

    @Test
    @DisplayName(
            "B17 a third backend keeps its share whatever numbers it is written in, and a weight of 0 gives back exactly what was")
    void keepsTheOthersShares() {
        // given
        var third = List.of(BigDecimal.valueOf(40));

        // when / then
        assertThat(WholeNumbers.of(Weight.percent(25), BigDecimal.valueOf(60), third))
                .isEqualTo(numbers(45, 15, 40));
        assertThat(WholeNumbers.of(Weight.percent(33), BigDecimal.valueOf(60), third))
                .isEqualTo(numbers(402, 198, 400));
        assertThat(WholeNumbers.of(Weight.ZERO, BigDecimal.valueOf(600), List.of(BigDecimal.valueOf(400))))
                .isEqualTo(numbers(60, 0, 40));
        assertThat(WholeNumbers.of(Weight.percent(25), BigDecimal.valueOf(2), List.of(BigDecimal.valueOf(5))))
                .isEqualTo(numbers(3, 1, 10));
        assertThat(WholeNumbers.of(Weight.percent(50), new BigDecimal("0.5"), List.of(new BigDecimal("0.5"))))
                .isEqualTo(numbers(25, 25, 50));
    }

    @Test
    @DisplayName("B17 where the numbers would be larger than the mesh takes, only a third backend's share is rounded")
    void staysWithinWhatAMeshTakes() {
        // given
        var exact = WholeNumbers.of(
                Weight.of(new BigDecimal("33.33")), BigDecimal.valueOf(667), List.of(BigDecimal.valueOf(333)));

        // when / then
        assertThat(exact).isEqualTo(numbers(4_446_889, 2_223_111, 3_330_000));
        assertThat(exact.within(BigInteger.valueOf(1_000_000))).isEqualTo(numbers(993_383, 496_617, 743_883));
        assertThat(exact.within(BigInteger.valueOf(4_446_889))).isEqualTo(exact);
    }

    @Test
    @DisplayName("B17 beside backends that have next to everything, or next to nothing, the two still divide exactly")
    void dividesExactlyBesideAnything() {
        // given
        var most = BigInteger.valueOf(1_000_000);
        var weight = Weight.of(new BigDecimal("33.33"));

        // when / then
        assertThat(WholeNumbers.of(weight, BigDecimal.ONE, List.of(BigDecimal.valueOf(999_999)))
                        .within(most))
                .isEqualTo(numbers(6_667, 3_333, 1_000_000));
        assertThat(WholeNumbers.of(weight, BigDecimal.valueOf(999_999), List.of(BigDecimal.ONE))
                        .within(most))
                .isEqualTo(numbers(993_383, 496_617, 1));
    }

    private static WholeNumbers numbers(long active, long canary, long... others) {
        return new WholeNumbers(
                BigInteger.valueOf(active),
                BigInteger.valueOf(canary),
                LongStream.of(others).mapToObj(BigInteger::valueOf).toList());
    }
}
