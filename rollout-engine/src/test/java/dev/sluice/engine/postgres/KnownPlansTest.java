package dev.sluice.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownPlansTest {
    private static KnownPlans.Plan plan(String id, int chars) {
        return new KnownPlans.Plan(id, PlanParts.NONE, chars);
    }

    @Test
    void theLeastUsedGoWhereThereIsNoMoreRoom() {
        // given
        var known = new KnownPlans(100);
        known.put("a", plan("1", 40));
        known.put("b", plan("1", 40));
        known.get("a");

        // when
        known.put("c", plan("1", 40));

        // then
        assertThat(known.get(Set.of("a", "b", "c"))).containsOnlyKeys("a", "c");
    }

    @Test
    void aPlanThatTakesAnothersPlaceTakesItsRoomToo() {
        // given
        var known = new KnownPlans(100);

        // when
        for (int i = 0; i < 1000; i++) {
            known.put("a", plan("" + i, 60));
        }
        known.put("b", plan("1", 40));

        // then
        assertThat(known.get("a").id()).isEqualTo("999");
        assertThat(known.get("b")).isNotNull();
    }

    @Test
    void whatIsTooLargeIsNotKept() {
        // given
        var known = new KnownPlans(100);

        // when
        known.put("a", plan("1", 101));

        // then
        assertThat(known.get("a")).isNull();
    }
}
