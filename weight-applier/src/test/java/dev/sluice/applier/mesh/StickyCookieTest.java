package dev.sluice.applier.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.rollout.SessionAffinity;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StickyCookieTest {
    private static final SessionAffinity AFFINITY = new SessionAffinity("canary", Duration.ofMillis(90_500));

    private static StickyCookie of(TestOrder order) {
        return StickyCookie.of(order.build(), AFFINITY);
    }

    @Test
    @DisplayName(
            "it is the same for every order and every route of a target's rollout, and another for the next rollout")
    void isOfOneRollout() {
        // given
        var cookie = of(TestOrder.of(25));

        // then
        assertThat(of(TestOrder.of(50).numbered(9).named("cart"))).isEqualTo(cookie);
        assertThat(of(TestOrder.of(25).ofGeneration(TestOrder.GENERATION + 1)).value())
                .isNotEqualTo(cookie.value());
        assertThat(of(TestOrder.of(25).inCluster("staging")).value()).isNotEqualTo(cookie.value());
    }

    @Test
    @DisplayName("it lasts whole seconds, for all paths, out of scripts' reach")
    void isWritten() {
        assertThat(of(TestOrder.of(25)).header())
                .matches("canary=sluice-[0-9a-f]{10}; Max-Age=90; Path=/; HttpOnly")
                .matches(StickyCookie::isOurs);
    }

    @Test
    @DisplayName("others' cookies are none of its kind")
    void knowsItsKind() {
        assertThat(StickyCookie.isOurs("canary=sluice-0123456789")).isTrue();
        assertThat(StickyCookie.isOurs("canary=sluice-0123456789a; Path=/")).isFalse();
        assertThat(StickyCookie.isOurs("a=1; b=sluice-0123456789")).isFalse();
        assertThat(StickyCookie.isOurs("canary=always")).isFalse();
        assertThat(StickyCookie.isOurs(null)).isFalse();
    }
}
