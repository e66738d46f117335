package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GridTest {
    private static final long START = 1_700_000_000_123L;

    private final Grid grid = new Grid(START);

    @Test
    void aDayIsFewerThan250Cells() {
        assertThat(grid.cellAt(START + Duration.ofDays(1).toMillis())).isLessThan(250);
        assertThat(Grid.cells()).isLessThan(250);
    }

    @Test
    void cellsFollowEachOtherWithoutGaps() {
        assertThat(grid.startOf(0)).isEqualTo(START);
        for (int cell = 0; cell + 1 < Grid.cells(); cell++) {
            assertThat(grid.endOf(cell)).isEqualTo(grid.startOf(cell + 1));
            assertThat(grid.cellAt(grid.startOf(cell))).isEqualTo(cell);
            assertThat(grid.cellAt(grid.endOf(cell) - 1)).isEqualTo(cell);
            assertThat((grid.startOf(cell) - START) % 100).as("whole panes").isZero();
        }
    }

    @Test
    void cellsAreASecondAtFirstAndATwentyFifthOfTheAgeLater() {
        assertThat(grid.endOf(0) - grid.startOf(0)).isEqualTo(1_000);
        for (int cell = 30; cell + 1 < Grid.cells(); cell++) {
            double length = grid.endOf(cell) - grid.startOf(cell);
            assertThat(length / (grid.startOf(cell) - START)).isBetween(0.034, 0.04);
        }
    }

    @Test
    void whatComesBeforeOrLongAfterHasACellToo() {
        assertThat(grid.cellAt(START - 5_000)).isZero();
        assertThat(grid.cellAt(START + Duration.ofDays(300).toMillis())).isEqualTo(Grid.cells() - 1);
        assertThat(grid.endOf(Grid.cells() - 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void beginningsInAllCellsWeighOneAtMost() {
        double one = 0;
        for (int cell = 0; cell < Grid.cells() + 5; cell++) {
            var weight = Beginnings.weight(cell - 1, cell);
            assertThat(weight).isNotNegative();
            one += weight;
        }
        assertThat(one).isBetween(0.9, 1 + 1e-12);
        assertThat(Beginnings.weight(-1, Grid.cells()))
                .isLessThanOrEqualTo(1 + 1e-12)
                .isGreaterThan(0.9);
    }
}
