package dev.sluice.simulation.invariant;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.simulation.people.Operators;
import dev.sluice.simulation.people.Shop;
import dev.sluice.simulation.world.Observation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Once everything works, a healthy release is promoted and a faulty one rolled back, within the time that is left (B48). Routes
 * that a person has touched, abandoned or forgotten are left out: traffic may stand where no rollout may begin.
 */
public final class ReleasesComeThrough implements Invariant {
    private final Map<String, Command> sent = new TreeMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> rejected = new HashSet<>();
    private final Set<String> touched = new HashSet<>();
    private boolean isRestored;
    private boolean isRoomScarce;

    @Override
    public void see(Observation seen) {
        switch (seen) {
            case Observation.Appended appended
            when appended.message() instanceof Command command && isTrial(command) -> sent.put(command.id(), command);
            case Observation.Committed committed -> committed(committed);
            case Observation.Written written when written.byHand() -> touched.add(written.route());
            case Observation.Restored restored -> isRestored = true;
            case Observation.RoomIsScarce scarce -> isRoomScarce = true;
            default -> {}
        }
    }

    private void committed(Observation.Committed committed) {
        if (committed.decisions().stream()
                .anyMatch(decision -> decision instanceof Decision.Failed || decision instanceof Decision.Deleted)) {
            touched.addAll(committed.before().routes().keySet());
        }
        if (committed.event() instanceof Event.CommandReceived received && isTrial(received.command())) {
            taken.add(received.command().id());
            if (committed.decisions().stream().anyMatch(Decision.Rejected.class::isInstance)) {
                rejected.add(received.command().id());
            }
        }
    }

    private static boolean isTrial(Command command) {
        return command.type() == CommandType.START && command.id().endsWith(Operators.TRIAL);
    }

    @Override
    public void atEnd(Ending ending) {
        for (var command : sent.values()) {
            if (!taken.contains(command.id())) {
                throw new Violation(this, command.id() + " was never taken up");
            }
            if (!rejected.contains(command.id()) && !isRestored) {
                check(command, ending);
            }
        }
    }

    private void check(Command command, Ending ending) {
        var rollout = ending.states().get(command.application()).rollout();
        if (rollout == null || !rollout.id().equals(command.id())) {
            throw new Violation(this, command.id() + " is not the rollout of " + command.application());
        }
        var isTouched = rollout.targets().stream()
                .flatMap(target -> target.plan().routes().stream())
                .anyMatch(route -> touched.contains(route.identity()));
        if (isTouched) {
            return;
        }
        var isBad = Shop.isBad(command.revision());
        for (var target : rollout.targets()) {
            var expected =
                    !isBad ? Phase.PROMOTED : target.plan().dependsOn().isEmpty() ? Phase.ROLLED_BACK : Phase.CANCELLED;
            var phase = target.position().phase();
            // what can't be counted passes nowhere: a good release may be taken back for it, a bad one is never
            // promoted
            var isExpected = phase == expected || (isRoomScarce && phase.isFinal() && phase != Phase.PROMOTED);
            if (!isExpected) {
                throw new Violation(
                        this,
                        command.id() + " of revision " + command.revision() + " is " + target.position() + " on "
                                + target.name() + " and not " + expected);
            }
        }
    }
}
