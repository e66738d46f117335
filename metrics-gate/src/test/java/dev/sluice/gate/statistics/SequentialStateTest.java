package dev.sluice.gate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequentialStateTest {
    private static final double ALPHA = 0.01;
    private static final double[] SHARES = {0.05, 0.2, 0.35, 0.5};
    private static final int CELLS_OF_HALF_AN_HOUR = new Grid(0).cellAt(1_800_000);

    @ParameterizedTest
    @CsvSource({"5, 0.1", "50, 0.01", "50, 0.1", "50, 0.5", "500, 0.1"})
    void goodReleasesAreHardlyEverRejected(double requestsPerSecond, double share) {
        var rejected = LongStream.range(0, 1000)
                .filter(seed -> {
                    var traffic = new Traffic(seed, requestsPerSecond, share, 0.003);
                    return firstRejected(traffic, CELLS_OF_HALF_AN_HOUR, 0, 1) >= 0;
                })
                .count();

        // 1 % of them, and three standard errors
        assertThat(rejected).isLessThanOrEqualTo(19);
    }

    @ParameterizedTest
    @CsvSource({"0, 60", "50, 20"})
    void badReleasesAreFoundWheneverTheyTurnBad(int goodCells, int cells) {
        for (long seed = 0; seed < 50; seed++) {
            // when
            var found = firstRejected(new Traffic(seed, 500, 0.1, 0.003), goodCells + cells, goodCells, 5);

            // then
            assertThat(found).as("seed %d", seed).isGreaterThanOrEqualTo(goodCells);
        }
    }

    /** The first cell at which it is rejected, where the canary errs so many times more from a cell on; -1 for none. */
    private static int firstRejected(Traffic traffic, int cells, int goodCells, double ratio) {
        var state = RateRatioTest.worse(0).start();
        for (int i = 0; i < cells; i++) {
            state = state.after(traffic.cell(i, i < goodCells ? 1 : ratio));
            if (state.isRejected(ALPHA)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void aToleranceForgivesThatMuch() {
        // given
        var strict = RateRatioTest.worse(0).start();
        var tolerant = RateRatioTest.worse(1).start();
        var traffic = new Traffic(3, 500, 0.1, 0.01);

        // when
        for (int i = 0; i < 80; i++) {
            var cell = traffic.cell(i, 2);
            strict = strict.after(cell);
            tolerant = tolerant.after(cell);
        }

        // then
        assertThat(strict.isRejected(ALPHA)).isTrue();
        assertThat(tolerant.isRejected(ALPHA)).isFalse();
        assertThat(tolerant.interval(ALPHA).lower()).isLessThan(2);
        assertThat(tolerant.interval(ALPHA).upper()).isGreaterThan(2);
    }

    @Test
    void aWorseCanaryHasNeverLessEvidenceAgainstIt() {
        var chance = new SplittableRandom(11);
        for (long seed = 0; seed < 200; seed++) {
            // given
            var traffic = new Traffic(seed, 50, 0.1, 0.02);
            var state = RateRatioTest.worse(0).start();
            var worse = state;
            for (int i = 0; i < 40; i++) {
                var cell = traffic.cell(i, 1.0 + i % 3);
                var extra = chance.nextInt(4) == 0 ? chance.nextDouble(3) : 0;

                // when
                state = state.after(cell);
                worse = worse.after(new Cell(i, cell.canary().plus(new Counts(0, extra)), cell.stable()));

                // then
                assertThat(worse.logE()).isGreaterThanOrEqualTo(state.logE() - 1e-12);
            }
        }
    }

    @Test
    void theSameCellsSayTheSame() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(folded(cells(seed)).logE()).isEqualTo(folded(cells(seed)).logE());
        }
    }

    @Test
    void aLastCellThatGrowsEndsWhereTheWholeOneDoes() {
        // given
        var cells = cells(5);
        var before = folded(cells.subList(0, cells.size() - 1));
        var last = cells.getLast();

        // when
        var half = before.after(new Cell(last.index(), new Counts(2, 0), new Counts(30, 0)));
        var whole = before.after(last);

        // then
        assertThat(half.logE()).isNotNaN();
        assertThat(whole.logE()).isEqualTo(folded(cells).logE());
    }

    private static List<Cell> cells(long seed) {
        var traffic = new Traffic(seed, 50, 0.1, 0.02);
        var cells = new ArrayList<Cell>();
        for (int i = 0; i < 30; i++) {
            cells.add(traffic.cell(i, 2));
        }
        return cells;
    }

    private static SequentialState folded(List<Cell> cells) {
        var state = RateRatioTest.worse(0).start();
        for (var cell : cells) {
            state = state.after(cell);
        }
        return state;
    }

    @Test
    void whatIsNotKnownRejectsNothing() {
        for (var unknown : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            // given
            var state = RateRatioTest.worse(0).start();
            for (int i = 0; i < 10; i++) {
                state = state.after(new Cell(i, new Counts(100, 90), new Counts(900, 1)));
            }
            assertThat(state.isRejected(ALPHA)).isTrue();

            // when
            state = state.after(new Cell(10, new Counts(100, unknown), new Counts(900, 1)))
                    .after(new Cell(11, new Counts(100, 90), new Counts(900, 1)));

            // then
            assertThat(state.logE()).isNaN();
            assertThat(state.isRejected(ALPHA)).isFalse();
            assertThat(state.interval(ALPHA).estimate()).isNaN();
        }
    }

    @Test
    void noTrafficIsNoEvidence() {
        // given
        var state = RateRatioTest.worse(0).start();

        // when
        for (int i = 0; i < 50; i++) {
            state = state.after(new Cell(i, Counts.NONE, Counts.NONE));
        }

        // then
        assertThat(state.logE()).isCloseTo(0, within(1e-12));
        assertThat(state.interval(ALPHA)).isEqualTo(RatioInterval.UNKNOWN);
    }

    @Test
    void oneSideAloneIsNoEvidence() {
        // given
        var state = RateRatioTest.worse(0).start();

        // when
        for (int i = 0; i < 50; i++) {
            state = state.after(new Cell(i, new Counts(100, 50), Counts.NONE));
        }

        // then
        assertThat(state.logE()).isCloseTo(0, within(1e-12));
    }

    @Test
    void aSideThatReportsLateIsNotHeldAgainstTheOther() {
        // given
        var state = folded(cellsOf(100, 3, 900, 27, 20));

        // when
        var half = state.after(new Cell(20, new Counts(1000, 30), Counts.NONE));

        // then
        assertThat(half.logE()).isLessThanOrEqualTo(Math.max(0, state.logE()));
    }

    @Test
    void weightsMayChangeWhileItRuns() {
        var rejected = LongStream.range(0, 1000)
                .filter(seed -> {
                    var traffic = new Traffic(seed, 50, 0.1, 0.01);
                    var state = RateRatioTest.worse(0).start();
                    var isRejected = false;
                    for (int i = 0; i < 100; i++) {
                        state = state.after(traffic.cell(i, 1, SHARES[i / 25]));
                        isRejected |= state.isRejected(ALPHA);
                    }
                    return isRejected;
                })
                .count();

        // 1 % of them, and three standard errors
        assertThat(rejected).isLessThanOrEqualTo(19);
    }

    private static List<Cell> cellsOf(double canary, double canaryErrors, double stable, double stableErrors, int n) {
        var cells = new ArrayList<Cell>();
        for (int i = 0; i < n; i++) {
            cells.add(new Cell(i, new Counts(canary, canaryErrors), new Counts(stable, stableErrors)));
        }
        return cells;
    }

    @Test
    void cellsComeInOrder() {
        // given
        var state = RateRatioTest.worse(0).start().after(new Cell(3, Counts.NONE, Counts.NONE));

        // then
        assertThatThrownBy(() -> state.after(new Cell(3, Counts.NONE, Counts.NONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGoodCanaryIsFoundToBeWithinAMargin() {
        int passed = 0;
        int wrong = 0;
        for (long seed = 0; seed < 200; seed++) {
            // given
            var good = RateRatioTest.within(1.5).start();
            var bad = RateRatioTest.within(1.5).start();
            var traffic = new Traffic(seed, 500, 0.3, 0.01);
            var goodPassed = false;
            var badPassed = false;

            // when
            for (int i = 0; i < 120; i++) {
                good = good.after(traffic.cell(i, 1));
                bad = bad.after(traffic.cell(i, 1.5));
                goodPassed |= good.isRejected(0.05);
                badPassed |= bad.isRejected(0.05);
            }
            passed += goodPassed ? 1 : 0;
            wrong += badPassed ? 1 : 0;
        }

        // then
        assertThat(passed).isGreaterThan(190);
        assertThat(wrong).isLessThanOrEqualTo(19);
    }

    @Test
    void aYearOfErrorsOverflowsNothing() {
        // given
        var state = RateRatioTest.worse(0).start();

        // when
        for (int i = 0; i < Grid.cells(); i++) {
            state = state.after(new Cell(i, new Counts(1e9, 9e8), new Counts(1e9, 1)));
        }
        assertThat(state.isRejected(ALPHA)).isTrue();
        state = state.after(new Cell(Grid.cells(), new Counts(1e9, 1), new Counts(1e9, 9e8)));

        // then
        assertThat(state.logE()).isFinite();
        assertThat(state.isRejected(ALPHA)).isFalse();
    }
}
