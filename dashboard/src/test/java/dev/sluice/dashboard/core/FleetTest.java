package dev.sluice.dashboard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.dashboard.Shop;
import dev.sluice.schemas.message.Audit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final Instant NOW = Shop.NOON.plus(Duration.ofDays(2));

    private final Feed feed =
            new Feed(new Bounds(Duration.ofDays(7), 100, 100, 1_000_000, 100, 10, 10, 1_000_000, 3), () -> {});
    private int number;

    private void decide(String rollout, String target, String decision, int secondsAfterNoon) {
        take(Shop.decision(
                "shop/checkout", target, rollout, ++number, decision, Shop.NOON.plusSeconds(secondsAfterNoon)));
    }

    private void take(Audit entry) {
        feed.take(entry, Shop.json(entry));
    }

    private Figures figures() {
        return feed.figures(Shop.NOON, NOW, FleetTest::everything);
    }

    private static boolean everything(String application) {
        return true;
    }

    @Test
    void countsEachTargetOfARolloutAsOneDeployment() {
        // given
        decide("r1", null, "Started", 0);
        decide("r1", "staging", "Promoted", 60);
        decide("r1", "prod", "Promoted", 600);
        decide("r2", null, "Started", 1000);
        decide("r2", "staging", "RollbackBegan", 1100);
        decide("r2", "staging", "RolledBack", 1102);
        decide("r2", "prod", "Cancelled", 1102);
        // when
        var figures = figures();
        // then
        assertThat(figures.promoted()).isEqualTo(2);
        assertThat(figures.wentBack()).isEqualTo(1);
        assertThat(figures.promotedPerDay()).isEqualTo(1.0);
        assertThat(figures.changeFailureRate()).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(figures.leadTime()).isEqualTo(new Figures.Spread(2, 60_000, 600_000, 600_000));
        assertThat(figures.timeToRestore()).isEqualTo(new Figures.Spread(1, 2_000, 2_000, 2_000));
    }

    @Test
    void countsATargetThatWasPromotedAndWentBackAsOneThatWentBack() {
        // given
        decide("r1", null, "Started", 0);
        decide("r1", "prod", "Promoted", 60);
        decide("r1", "prod", "RollbackBegan", 70);
        decide("r1", "prod", "RolledBack", 71);
        // then
        assertThat(figures().promoted()).isZero();
        assertThat(figures().changeFailureRate()).isEqualTo(1.0);
    }

    @Test
    void countsARollbackThatWasWrongAsAFalseAbortAndAsNoFailure() {
        // given
        decide("r1", "prod", "RolledBack", 60);
        decide("r2", "prod", "RolledBack", 120);
        // when
        assess("r1", "RolledBack", "wrong");
        // then
        assertThat(figures().wentBack()).isEqualTo(2);
        assertThat(figures().falseAborts()).isEqualTo(1);
        assertThat(figures().changeFailureRate()).isEqualTo(0.5);
    }

    @Test
    void countsAPromotionThatWasWrongAsMissed() {
        // given
        decide("r1", "prod", "Promoted", 60);
        // when
        assess("r1", "Promoted", "wrong");
        // then
        assertThat(figures().missed()).isEqualTo(1);
        assertThat(figures().changeFailureRate()).isEqualTo(1.0);
    }

    @Test
    void goesByTheLastWordOnARollout() {
        // given
        decide("r1", "prod", "RolledBack", 60);
        assess("r1", "RolledBack", "wrong");
        // when
        assess("r1", "RolledBack", "right");
        // then
        assertThat(figures().falseAborts()).isZero();
        assertThat(figures().changeFailureRate()).isEqualTo(1.0);
    }

    @Test
    void missesNothingByATargetThatStayedPromotedWhenItsRolloutWasWronglyRolledBack() {
        // given
        decide("r1", "staging", "Promoted", 60);
        decide("r1", "prod", "RolledBack", 120);
        // when
        assess("r1", "RolledBack", "wrong");
        // then
        assertThat(figures().missed()).isZero();
        assertThat(figures().falseAborts()).isEqualTo(1);
    }

    private void assess(String rollout, String phase, String ending) {
        take(new Audit(
                "shop/checkout/" + ++number,
                "Assessed",
                "shop/checkout",
                null,
                rollout,
                new Audit.EventRef("assess", "a-" + number, null),
                "alice",
                null,
                null,
                null,
                Map.of("phase", phase, "ending", ending),
                Shop.NOON.plusSeconds(1000 + number)));
    }

    @Test
    void doesNotCountAnUndo() {
        // given
        var started = Shop.decision("shop/checkout", null, "u1", ++number, "Started", Shop.NOON);
        take(new Audit(
                started.id(),
                started.decision(),
                started.application(),
                null,
                started.rollout(),
                new Audit.EventRef("undo", "u1", "as before"),
                "alice",
                null,
                null,
                null,
                null,
                started.time()));
        decide("u1", "prod", "Promoted", 5);
        // then
        assertThat(figures().promoted()).isZero();
    }

    @Test
    void saysNothingWhereNothingEnded() {
        // given
        decide("r1", null, "Started", 0);
        // then
        assertThat(figures()).isEqualTo(new Figures(Shop.NOON, NOW, 0, 0, 0, 0, 0.0, null, null, null));
    }

    @Test
    void looksBackNoFurtherThanEverythingIsRemembered() {
        // given
        for (int rollout = 1; rollout <= 4; rollout++) {
            decide("r" + rollout, "prod", "Promoted", rollout);
        }
        // then
        assertThat(figures().from()).isEqualTo(Shop.NOON.plusSeconds(1));
        assertThat(feed.figures(Shop.NOON, Shop.NOON.plus(Duration.ofDays(8)), FleetTest::everything)
                        .from())
                .isEqualTo(Shop.NOON.plus(Duration.ofDays(1)));
    }

    @Test
    void knowsNoLeadTimeOfARolloutWhoseStartWasBeforeWhatIsRemembered() {
        // given
        decide("r1", "prod", "Promoted", 60);
        // then
        assertThat(figures().promoted()).isEqualTo(1);
        assertThat(figures().leadTime()).isNull();
    }

    @Test
    void countsOnlyApplicationsThatMayBeRead() {
        // given
        decide("r1", "prod", "Promoted", 60);
        // then
        assertThat(feed.figures(Shop.NOON, NOW, application -> false).promoted())
                .isZero();
    }
}
