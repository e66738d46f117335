package dev.sluice.notifier.core;

import static dev.sluice.notifier.Statuses.THEN;
import static dev.sluice.notifier.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.notifier.core.Content.Fact;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static Message message(long version) {
        var cause = new Message.Cause("approval", "shop/checkout", "prod", "r1", version);
        var content = new Content("t", "x", List.of(new Fact("a", "b")), null, status(version, Phase.PAUSED));
        return Message.of(cause, Occasion.PAUSED, content, List.of("mail", "room"), THEN);
    }

    private static Entry entry(Message... messages) {
        return Entry.of(status(9, Phase.PAUSED), Map.of("approval: true", true), List.of(messages));
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        // given
        var written = entry(message(8)).with(message(8).id(), "mail", Delivery.failed(3, THEN, "status 500"));

        // when
        var read = Json.mapper().readValue(Json.mapper().writeValueAsBytes(written), Entry.class);

        // then
        assertThat(read).isEqualTo(written);
    }

    @Test
    void aMessageIsOverOnceEveryChannelHasItOrHasGivenItUp() {
        // given
        var id = message(8).id();

        // when
        var one = entry(message(8)).with(id, "mail", Delivery.sent(1, THEN));
        var both = one.with(id, "room", Delivery.failed(9, THEN, "status 503"));

        // then
        assertThat(one.waiting(id, "mail")).isEmpty();
        assertThat(one.waiting(id, "room").orElseThrow().content().title()).isEqualTo("t");
        assertThat(both.open()).isEmpty();
        assertThat(both.messages().getFirst().content()).isNull();
        assertThat(both.messages().getFirst().deliveries().get("room").words()).isEqualTo("status 503");
    }

    @Test
    void keepsWhatWaitsAndTheLastOnesOfTheRest() {
        // given
        var all = IntStream.rangeClosed(1, 60).mapToObj(EntryTest::message).toArray(Message[]::new);
        var entry = entry(all);

        // when
        for (int i = 1; i < 60; i++) {
            entry = entry.with(all[i].id(), "mail", Delivery.sent(1, THEN))
                    .with(all[i].id(), "room", Delivery.sent(1, THEN));
        }

        // then
        assertThat(entry.messages())
                .extracting(Message::version)
                .hasSize(31)
                .startsWith(1L, 31L)
                .endsWith(60L);
    }

    @Test
    void aForgottenTargetIsRememberedForADayAndAsLongAsSomethingWaits() {
        // given
        var waiting = entry(message(8)).forgotten();
        var over = waiting.with(message(8).id(), "mail", Delivery.sent(1, THEN))
                .with(message(8).id(), "room", Delivery.sent(1, THEN));
        var later = THEN.plusSeconds(2 * 86_400);

        // when / then
        assertThat(waiting.isOutdated(later)).isFalse();
        assertThat(over.isOutdated(THEN.plusSeconds(60))).isFalse();
        assertThat(over.isOutdated(later)).isTrue();
        assertThat(entry().isOutdated(later)).isFalse();
    }
}
