package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import java.util.stream.IntStream;
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
            var total = numbers.active() + numbers.canary();
            assertThat(total).isIn(100, 1_000, 10_000);
            assertThat(numbers.canary() * (10_000L / total)).isEqualTo(weight.hundredths());
        }
    }

    @Test
    @DisplayName("B17 whole percents are of 100")
    void prefersHundred() {
        assertThat(IntStream.of(0, 1, 50, 99, 100).mapToObj(percent -> WholeNumbers.of(Weight.percent(percent))))
                .containsExactly(
                        new WholeNumbers(100, 0),
                        new WholeNumbers(99, 1),
                        new WholeNumbers(50, 50),
                        new WholeNumbers(1, 99),
                        new WholeNumbers(0, 100));
    }
}
