package dev.sluice.dashboard.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dashboard.Shop;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final long NOWHERE = -1;

    private int news;
    private Feed feed = feed(100, 100, 1_000_000);

    private Feed feed(int statuses, int recent, long recentChars) {
        return new Feed(
                new Bounds(Duration.ofDays(7), statuses, recent, recentChars, 10, 10, 10, 1_000_000, 10), () -> news++);
    }

    private void take(Status status) {
        feed.take(status, Shop.json(status));
    }

    private void take(Audit entry) {
        feed.take(entry, Shop.json(entry));
    }

    private void take(Verdict verdict) {
        feed.take(verdict, Shop.json(verdict));
    }

    /** All that a stream is told from a position on, and then nothing. */
    private List<Told> from(long position, Predicate<String> mayRead) {
        var all = new ArrayList<Told>();
        var next = feed.next(position, mayRead);
        while (next instanceof Next.Event(Told told)) {
            all.add(told);
            next = feed.next(told.position(), mayRead);
        }
        assertThat(next).isInstanceOf(Next.Nothing.class);
        return all;
    }

    private Next.Snapshot snapshot(long position) {
        return (Next.Snapshot) feed.next(position, FeedTest::everything);
    }

    private static boolean everything(String application) {
        return true;
    }

    @Test
    void beginsAStreamWithTheNewestOfEachTarget() {
        // given
        take(Shop.status("shop/checkout", "prod", 1));
        take(Shop.status("shop/checkout", "staging", 1));
        take(Shop.status("shop/checkout", "prod", 2));
        // when
        var snapshot = snapshot(NOWHERE);
        // then
        assertThat(snapshot.statuses())
                .extracting(Told::json)
                .containsExactly(
                        Shop.json(Shop.status("shop/checkout", "prod", 2)),
                        Shop.json(Shop.status("shop/checkout", "staging", 1)));
        assertThat(from(snapshot.position(), FeedTest::everything)).isEmpty();
    }

    @Test
    void tellsWhatCameSinceInItsOrder() {
        // given
        take(Shop.status("shop/checkout", "prod", 1));
        var position = snapshot(NOWHERE).position();
        // when
        take(Shop.decision("shop/checkout", "prod", 1, "StepEntered", Shop.NOON));
        take(Shop.verdict("shop/checkout", "prod", 1));
        take(Shop.status("shop/checkout", "prod", 2));
        feed.forget("shop/checkout/prod");
        // then
        assertThat(from(position, FeedTest::everything))
                .extracting(Told::kind)
                .containsExactly(Told.Kind.AUDIT, Told.Kind.VERDICT, Told.Kind.GONE);
        assertThat(news).isEqualTo(5);
    }

    @Test
    void tellsTheNewestAloneOfATargetWhoseStatusesPiledUp() {
        // given
        var position = snapshot(NOWHERE).position();
        for (int version = 1; version <= 50; version++) {
            take(Shop.status("shop/checkout", "prod", version));
        }
        take(Shop.status("shop/cart", "prod", 1));
        // when
        var told = from(position, FeedTest::everything);
        // then
        assertThat(told)
                .extracting(Told::json)
                .containsExactly(
                        Shop.json(Shop.status("shop/checkout", "prod", 50)),
                        Shop.json(Shop.status("shop/cart", "prod", 1)));
    }

    @Test
    void saysNothingOfATargetThatIsGoneAndBack() {
        // given
        take(Shop.status("shop/checkout", "prod", 1));
        var position = snapshot(NOWHERE).position();
        // when
        feed.forget("shop/checkout/prod");
        take(Shop.status("shop/checkout", "prod", 1));
        // then
        assertThat(from(position, FeedTest::everything)).extracting(Told::kind).containsExactly(Told.Kind.STATUS);
    }

    @Test
    void beginsAnewForAStreamThatMissedTooMuch() {
        // given
        feed = feed(100, 3, 1_000_000);
        var position = snapshot(NOWHERE).position();
        for (int target = 0; target < 4; target++) {
            take(Shop.status("shop/checkout", "prod-" + target, 1));
        }
        // then
        assertThat(snapshot(position).statuses()).hasSize(4);
        assertThat(from(position + 1, FeedTest::everything)).hasSize(3);
    }

    @Test
    void keepsNoMoreTextOfRecentEventsThanItMay() {
        // given
        var one = Shop.json(Shop.status("shop/checkout", "prod-0", 1)).length();
        feed = feed(100, 100, 3L * one);
        for (int target = 0; target < 9; target++) {
            take(Shop.status("shop/checkout", "prod-" + target, 1));
        }
        // then
        assertThat(from(7, FeedTest::everything)).hasSize(2);
        assertThat(snapshot(5).position()).isEqualTo(9);
    }

    @Test
    void beginsAnewForAPositionThatWasNeverTold() {
        take(Shop.status("shop/checkout", "prod", 1));
        assertThat(snapshot(2).position()).isEqualTo(1);
    }

    @Test
    void tellsNobodyOfApplicationsThatTheyMayNotRead() {
        // given
        Predicate<String> shopOnly = application -> application.startsWith("shop/");
        var position = snapshot(NOWHERE).position();
        take(Shop.status("bank/ledger", "prod", 1));
        take(Shop.decision("bank/ledger", "prod", 1, "StepEntered", Shop.NOON));
        take(Shop.status("shop/checkout", "prod", 1));
        take(Shop.verdict("bank/ledger", "prod", 1));
        // when
        var told = from(position, shopOnly);
        var snapshot = (Next.Snapshot) feed.next(NOWHERE, shopOnly);
        // then
        assertThat(told).extracting(Told::application).containsExactly("shop/checkout");
        assertThat(snapshot.statuses()).extracting(Told::application).containsExactly("shop/checkout");
    }

    @Test
    void tellsAMessageThatComesAgainOnce() {
        // given
        var position = snapshot(NOWHERE).position();
        // when
        for (int time = 0; time < 2; time++) {
            take(Shop.decision("shop/checkout", "prod", 1, "StepEntered", Shop.NOON));
            take(Shop.verdict("shop/checkout", "prod", 1));
        }
        // then
        assertThat(from(position, FeedTest::everything)).hasSize(2);
    }

    @Test
    void leavesOutWhatEndedFirstWhereThereAreTooManyTargets() {
        // given
        feed = feed(2, 100, 1_000_000);
        take(Shop.weighing("shop/running", "prod", 25, Phase.PROGRESSING, Shop.NOON));
        take(Shop.weighing("shop/over", "prod", 100, Phase.PROMOTED, Shop.NOON.plusSeconds(1)));
        var position = snapshot(NOWHERE).position();
        // when
        take(Shop.weighing("shop/new", "prod", 0, Phase.PENDING, Shop.NOON.plusSeconds(2)));
        // then
        assertThat(snapshot(NOWHERE).statuses())
                .extracting(Told::application)
                .containsExactly("shop/running", "shop/new");
        assertThat(snapshot(NOWHERE).leftOut()).isEqualTo(1);
        assertThat(from(position, FeedTest::everything))
                .extracting(Told::kind, Told::key)
                .contains(org.assertj.core.api.Assertions.tuple(Told.Kind.GONE, "shop/over/prod"));
    }
}
