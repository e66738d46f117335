package dev.sluice.notifier.core;

import static dev.sluice.notifier.Statuses.THEN;
import static dev.sluice.notifier.Statuses.changed;
import static dev.sluice.notifier.Statuses.status;
import static dev.sluice.notifier.Statuses.statusOf;
import static dev.sluice.schemas.message.Phase.ANALYZING;
import static dev.sluice.schemas.message.Phase.AWAITING_APPROVAL;
import static dev.sluice.schemas.message.Phase.PROGRESSING;
import static dev.sluice.schemas.message.Phase.PROMOTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.notifier.core.Watch.Seen;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.rollout.cel.StatusExpression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Instant NOW = THEN.plusSeconds(1000);
    private static final Rule APPROVAL = rule("approval", "status.phase == 'AwaitingApproval'");

    private final List<Message> made = new ArrayList<>();
    private Entry entry;

    private static Rule rule(String name, String when) {
        return new Rule(
                name,
                StatusExpression.of(when),
                List.of(ApplicationPattern.of("shop/*")),
                List.of("room", "mail"),
                Optional.empty(),
                Optional.empty());
    }

    private static Watch watch(Rule... rules) {
        return new Watch(List.of(rules), new Wording(Optional.empty()), THEN);
    }

    /** One status after the other, as they come from the topic. */
    private WatchTest see(Watch watch, Status... statuses) {
        for (var status : statuses) {
            watch.see(entry, status, NOW).ifPresent(seen -> {
                entry = seen.entry();
                made.addAll(seen.made());
            });
        }
        return this;
    }

    private List<Long> versions() {
        return made.stream().map(Message::version).toList();
    }

    @Test
    void tellsOnceEachTimeThatARuleBeginsToHold() {
        // when
        see(
                watch(APPROVAL),
                status(1, PROGRESSING),
                status(2, AWAITING_APPROVAL),
                status(3, AWAITING_APPROVAL),
                status(4, ANALYZING),
                status(5, AWAITING_APPROVAL));

        // then
        assertThat(versions()).containsExactly(2L, 5L);
        assertThat(made.getFirst().waiting()).containsExactly("mail", "room");
    }

    @Test
    void tellsOfTheFirstStatusThatItSees() {
        assertThat(see(watch(APPROVAL), status(7, AWAITING_APPROVAL)).versions())
                .containsExactly(7L);
    }

    @Test
    void aStatusThatComesAgainIsNothingNew() {
        // when
        see(watch(APPROVAL), status(2, AWAITING_APPROVAL), status(3, ANALYZING), status(2, AWAITING_APPROVAL));

        // then
        assertThat(versions()).containsExactly(2L);
        assertThat(entry.version()).isEqualTo(3);
    }

    @Test
    void versionsThatBeginAnewAfterADeleteAreNew() {
        // given
        see(watch(APPROVAL), status(40, AWAITING_APPROVAL));
        entry = entry.forgotten();

        // when
        see(
                watch(APPROVAL),
                changed(
                        "awaiting-approval",
                        json -> json.put("rollout", "r2")
                                .put("version", 1)
                                .put("updatedAt", THEN.plusSeconds(90).toString())));

        // then
        assertThat(versions()).containsExactly(40L, 1L);
    }

    @Test
    void theNextRolloutIsTold() {
        // when
        see(watch(APPROVAL), statusOf("r1", 2, AWAITING_APPROVAL), statusOf("r2", 3, AWAITING_APPROVAL));

        // then
        assertThat(made).extracting(Message::rollout).containsExactly("r1", "r2");
    }

    @Test
    void knowsWhatWasBefore() {
        // given
        var after = rule("after-analysis", "status.phase == 'AwaitingApproval' && before.phase == 'Analyzing'");

        // when
        see(
                watch(after),
                status(1, PROGRESSING),
                status(2, AWAITING_APPROVAL),
                status(3, ANALYZING),
                status(4, AWAITING_APPROVAL));

        // then
        assertThat(versions()).containsExactly(4L);
    }

    @Test
    void whatWasDecidedBeforeTheBeginningIsRememberedAndToldToNobody() {
        // given
        var watch = new Watch(List.of(APPROVAL), new Wording(Optional.empty()), THEN.plusSeconds(3));

        // when
        see(watch, status(2, AWAITING_APPROVAL), status(3, AWAITING_APPROVAL));
        assertThat(versions()).isEmpty();
        see(watch, status(4, ANALYZING), status(5, AWAITING_APPROVAL));

        // then
        assertThat(versions()).containsExactly(5L);
    }

    @Test
    void aRuleThatIsNewOrChangedTellsNothingThatWasSoAlready() {
        // given
        var wider = rule("approval", "status.phase == 'AwaitingApproval' || status.phase == 'Paused'");
        see(watch(), status(1, AWAITING_APPROVAL));

        // when
        see(watch(APPROVAL), status(2, AWAITING_APPROVAL));
        see(watch(wider), status(3, AWAITING_APPROVAL));
        assertThat(versions()).isEmpty();
        see(watch(wider), status(4, ANALYZING), status(5, AWAITING_APPROVAL));

        // then
        assertThat(versions()).containsExactly(5L);
    }

    @Test
    void anIdIsTheSameWhoeverWorksItOutAndOfOneCauseOnly() {
        // given
        var promoted = rule("promoted", "status.phase == 'Promoted'");

        // when
        see(watch(APPROVAL, promoted), status(2, AWAITING_APPROVAL), status(3, PROMOTED), statusOf("r2", 4, PROMOTED));
        var again = new WatchTest().see(watch(APPROVAL), status(2, AWAITING_APPROVAL)).made;

        // then
        assertThat(made).extracting(Message::id).doesNotHaveDuplicates().hasSize(3);
        assertThat(again.getFirst().id()).isEqualTo(made.getFirst().id()).matches("[0-9a-f]{32}");
    }

    @Test
    void looksAtTheApplicationsThatItIsForAlone() {
        // when
        see(watch(APPROVAL), changed("awaiting-approval", json -> json.put("application", "blog/web")));

        // then
        assertThat(made).isEmpty();
        assertThat(entry.rules()).isEmpty();
    }

    @Test
    void aRuleThatCannotBeWorkedOutDoesNotHoldAndIsToldWhy() {
        // given
        var odd = rule("odd", "status.analysis.run > 2");

        // when
        Optional<Seen> seen = watch(odd, APPROVAL).see(null, status(1, AWAITING_APPROVAL), NOW);

        // then
        assertThat(seen.orElseThrow().troubles())
                .extracting(Watch.Trouble::rule)
                .containsExactly("odd");
        assertThat(seen.orElseThrow().made()).extracting(Message::rule).containsExactly("approval");
    }

    @Test
    void theOldestAreGivenUpWhereTooManyOfOneTargetWait() {
        // given
        var each = rule("each", "status.version != before.version && status.phase == 'AwaitingApproval'");
        var most = Entry.MOST_OPEN;

        // when
        var pushedOut = new ArrayList<Message>();
        for (int version = 1; version <= 2 * (most + 2); version++) {
            var seen = watch(each)
                    .see(entry, status(version, version % 2 == 0 ? AWAITING_APPROVAL : ANALYZING), NOW)
                    .orElseThrow();
            entry = seen.entry();
            pushedOut.addAll(seen.pushedOut());
        }

        // then
        assertThat(pushedOut).extracting(Message::version).containsExactly(2L, 4L);
        assertThat(entry.open()).hasSize(most);
        assertThat(entry.messages().getFirst().deliveries().values())
                .allSatisfy(delivery -> assertThat(delivery.state()).isEqualTo(Delivery.State.FAILED));
    }
}
