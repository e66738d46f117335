package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.postgres.Changes;
import dev.sluice.engine.postgres.Outbox;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandedOverTest {
    private static final int MOST = 10;
    private final HandedOver handedOver = new HandedOver();

    @Test
    void givesWhatCameAfterTheTakeOver() {
        // given
        handedOver.beginAbove(5);
        // when
        handedOver.add(rows(7));
        handedOver.add(rows(6));
        // then
        assertThat(ids()).as("in the order in which they came").hasValue(List.of(7L, 6L));
        assertThat(ids()).hasValue(List.of());
    }

    @Test
    void whatAFormerRelayMayHaveSentIsAskedFor() {
        // given
        handedOver.beginAbove(5);
        // when
        handedOver.add(rows(6, 5, 7));
        // then
        assertThat(ids()).isEmpty();
        assertThat(ids()).as("all of it is found by asking").hasValue(List.of());
    }

    @Test
    void whatAnAnswerMayHaveHeldIsAskedFor() {
        // given
        handedOver.beginAbove(5);
        handedOver.add(rows(8));
        // when
        handedOver.beginAbove(9);
        // then
        assertThat(ids()).isEmpty();
    }

    @Test
    void aLowerIdThanOneThatWentBeforeIsAskedFor() {
        // given
        handedOver.beginAbove(5);
        handedOver.add(rows(8));
        assertThat(ids()).hasValue(List.of(8L));
        // when
        handedOver.add(rows(7));
        // then
        assertThat(ids()).isEmpty();
    }

    @Test
    void nothingIsGivenBeforeTheTakeOver() {
        // when
        handedOver.add(rows(1));
        // then
        assertThat(ids()).isEmpty();
    }

    private Optional<List<Long>> ids() {
        return handedOver
                .take(MOST)
                .map(rows -> rows.stream().map(Outbox.Row::id).toList());
    }

    private static List<Outbox.Row> rows(long... ids) {
        return Arrays.stream(ids)
                .mapToObj(id -> Outbox.row(id, new Changes.Message("orders", null, null, List.of())))
                .toList();
    }
}
