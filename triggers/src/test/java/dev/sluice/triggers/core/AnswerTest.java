package dev.sluice.triggers.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Audit.EventRef;
import dev.sluice.triggers.core.Answer.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
    private static Audit audit(String command, String decision, String reason, Map<String, Object> before) {
        return new Audit(
                "shop/checkout/7",
                decision,
                "shop/checkout",
                null,
                "r1",
                new EventRef(command, "slr.u1.2", null),
                "jo",
                reason,
                List.of(),
                before,
                null,
                Shop.THEN);
    }

    @ParameterizedTest
    @CsvSource({
        "start, Started, TAKEN",
        "start, Enqueued, TAKEN",
        "start, RollbackBegan, BACK",
        "start, Cancelled, BACK",
        "start, Rejected, REFUSED",
        "start, Ignored, NEEDLESS",
        "abort, RollbackBegan, TAKEN",
        "update, Updated, TAKEN",
    })
    void aDecisionSaysWhatBecameOfTheCommand(String command, String decision, Kind kind) {
        assertThat(Answer.of(audit(command, decision, "so", null)).kind()).isEqualTo(kind);
    }

    @Test
    void b47ARevisionIsFreeWhereSomebodyReleasesItAndNotWhereTheyStartIt() {
        // given
        var held = Map.<String, Object>of("held", "1.4.2");

        // then
        assertThat(Answer.released(audit("release", "RevisionReleased", "so", held)))
                .contains("1.4.2");
        assertThat(Answer.released(audit("start", "RevisionReleased", "so", held)))
                .isEmpty();
    }

    @Test
    void b03AStartThatSupersedesIsTakenThoughWhatRunsGoesBack() {
        // given
        var back = Answer.of(audit("start", "RollbackBegan", "superseded", null));
        var waits = Answer.of(audit("start", "Enqueued", "waits", null));

        // then
        assertThat(back.and(waits).kind()).isEqualTo(Kind.TAKEN);
        assertThat(waits.and(back).kind()).isEqualTo(Kind.TAKEN);
    }

    @Test
    void aStartThatIsDroppedLaterIsNamedByTheAuditOfAnotherCommand() {
        // given
        var waits = Answer.of(audit("start", "Enqueued", "waits", null));
        var audit = audit("abort", "Dequeued", "it never starts", Map.of("queued", "slr.u1.1"));

        // then
        assertThat(Answer.dropped(audit)).contains("slr.u1.1");
        assertThat(waits.and(Answer.drop(audit)).kind()).isEqualTo(Kind.DROPPED);
        assertThat(Answer.dropped(audit("abort", "RollbackBegan", "so", Map.of("phase", "analyzing"))))
                .isEmpty();
    }
}
