package dev.sluice.simulation.machine;

import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.simulation.machine.Parts.Omission;
import dev.sluice.simulation.people.Callees;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the calls that decisions led to, each at least once: a row stays until what its answer led to is committed. Whoever
 * claims a row makes its call; should that engine die, another makes it again once the claim is over.
 */
final class CallLane {
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private final Machine machine;
    private final Database database;
    private final Transactions transactions;
    private final Parts parts;
    private final Callees callees;
    private final Runnable committed;
    private final Map<String, Exchange> made = new HashMap<>();
    private boolean isWoken;

    CallLane(
            Machine machine,
            Database database,
            Transactions transactions,
            Parts parts,
            Callees callees,
            Runnable committed) {
        this.machine = machine;
        this.database = database;
        this.transactions = transactions;
        this.parts = parts;
        this.callees = callees;
        this.committed = committed;
    }

    void started() {
        made.clear();
        isWoken = false;
        wake();
    }

    void wake() {
        if (!isWoken && database.isCalling()) {
            isWoken = true;
            machine.later(machine.world().chance().between(1, 5), this::claim);
        }
    }

    private void claim() {
        isWoken = false;
        var now = machine.world().now();
        for (var call :
                database.claim(now, one -> now.plus(one.webhook().timeout()).plus(MARGIN))) {
            if (parts.omit(Omission.CALLED_BEFORE_FORGOTTEN)) {
                database.answered(call.id());
            }
            var exchange = new Exchange(call, now.plus(call.webhook().timeout()).plus(MARGIN));
            made.put(call.id(), exchange);
            machine.later(machine.faults().pauseMillis(), exchange::begin);
        }
    }

    /** One call on its way. */
    private final class Exchange {
        private final WebhookCall call;
        private final Instant end;
        private boolean isAnswered;

        private Exchange(WebhookCall call, Instant end) {
            this.call = call;
            this.end = end;
        }

        private void begin() {
            if (!machine.survives()) {
                return;
            }
            if (!machine.clock().isBefore(call.notAfter())) {
                answer(failed("not called: nobody waits for it"));
                return;
            }
            machine.later(call.webhook().timeout().toMillis(), () -> answer(failed("no answer in time")));
            if (machine.faults().failsNow()) {
                answer(failed("no connection"));
            } else {
                callees.call(call, answer -> machine.world().in(machine.faults().latencyMillis(), () -> heard(answer)));
            }
        }

        private void heard(WebhookAnswer answer) {
            var isLost = machine.faults().failsNow();
            if (machine.isUp() && made.get(call.id()) == this) {
                answer(isLost ? failed("the connection broke") : answer);
            }
        }

        private WebhookAnswer failed(String words) {
            return new WebhookAnswer(call.id(), WebhookAnswer.Outcome.FAILED, null, words, List.of());
        }

        private void answer(WebhookAnswer answer) {
            if (!isAnswered) {
                isAnswered = true;
                handIn(answer);
            }
        }

        /** As long as nobody else may make the call. */
        private void handIn(WebhookAnswer answer) {
            machine.later(machine.world().chance().between(1, 10), () -> {
                if (!machine.survives()) {
                    return;
                }
                if (!machine.faults().failsNow()) {
                    transactions.answered(call.application(), answer, machine.clock());
                    made.remove(call.id());
                    committed.run();
                    machine.survives();
                } else if (machine.world().now().isBefore(end)) {
                    machine.later(machine.world().chance().between(200, 2000), () -> handIn(answer));
                } else {
                    made.remove(call.id());
                }
            });
        }
    }
}
