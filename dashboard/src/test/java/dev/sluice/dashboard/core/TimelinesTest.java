package dev.sluice.dashboard.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dashboard.Shop;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelinesTest {
    private Feed feed = feed(1_000_000);

    private static Feed feed(long chars) {
        return new Feed(new Bounds(Duration.ofDays(7), 100, 100, 1_000_000, 3, 2, 4, chars, 10), () -> {});
    }

    private void decide(String application, int number, Instant at) {
        var entry = Shop.decision(application, "prod", number, "StepEntered", at);
        feed.take(entry, Shop.json(entry));
    }

    private void judge(String target, int run) {
        var verdict = Shop.verdict("shop/checkout", target, run);
        feed.take(verdict, Shop.json(verdict));
    }

    private void weigh(int percent, Instant at) {
        var status = Shop.weighing("shop/checkout", "prod", percent, Phase.PROGRESSING, at);
        feed.take(status, Shop.json(status));
    }

    private List<WeightPoint> weights() {
        return feed.timeline("shop/checkout").targets().getFirst().weights();
    }

    @Test
    void keepsTheNewestOfEachKind() {
        // given
        IntStream.rangeClosed(1, 5).forEach(number -> decide("shop/checkout", number, Shop.NOON.plusSeconds(number)));
        IntStream.rangeClosed(1, 3).forEach(run -> judge("prod", run));
        judge("staging", 1);
        // when
        var timeline = feed.timeline("shop/checkout");
        // then
        assertThat(timeline.audit()).hasSize(3).first().asString().contains("shop/checkout/5");
        assertThat(timeline.targets()).extracting(Timeline.TargetView::target).containsExactly("prod", "staging");
        assertThat(timeline.targets().getFirst().verdicts())
                .hasSize(2)
                .first()
                .asString()
                .contains("r1/prod/3");
        assertThat(weights()).hasSize(4);
    }

    @Test
    void knowsNothingOfAnApplicationThatNobodyToldOf() {
        assertThat(feed.timeline("shop/nothing")).isEqualTo(new Timeline.View(List.of(), List.of()));
    }

    @Test
    void keepsAPointOnlyWhereSomethingChanged() {
        // when
        weigh(5, Shop.NOON);
        weigh(5, Shop.NOON.plusSeconds(1));
        weigh(25, Shop.NOON.plusSeconds(2));
        // then
        assertThat(weights()).extracting(WeightPoint::at).containsExactly(Shop.NOON, Shop.NOON.plusSeconds(2));
    }

    @Test
    void putsTogetherWhatStatusesAndAuditSayInTheOrderOfTime() {
        // given
        weigh(25, Shop.NOON.plusSeconds(10));
        // when
        decide("shop/checkout", 5, Shop.NOON);
        decide("shop/checkout", 99, Shop.NOON.plusSeconds(10));
        // then
        assertThat(weights()).extracting(WeightPoint::desired).containsExactly(Weight.percent(5), Weight.percent(25));
        assertThat(weights()).extracting(WeightPoint::observed).containsExactly(null, 24.6);
    }

    @Test
    void forgetsTheApplicationHeardOfLongestAgoWhereTheyAreTooLongTogether() {
        // given
        var one = Shop.json(Shop.decision("shop/a", "prod", 1, "StepEntered", Shop.NOON))
                .length();
        feed = feed(3L * one);
        decide("shop/a", 1, Shop.NOON);
        decide("shop/b", 1, Shop.NOON);
        decide("shop/a", 2, Shop.NOON);
        // when
        decide("shop/c", 1, Shop.NOON);
        // then
        assertThat(feed.timeline("shop/b").audit()).isEmpty();
        assertThat(feed.timeline("shop/c").audit()).hasSize(1);
    }
}
