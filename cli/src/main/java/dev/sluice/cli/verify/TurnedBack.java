package dev.sluice.cli.verify;

import dev.sluice.schemas.message.Audit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Once a target has turned back, its rollout orders no weight above 0 any more. */
final class TurnedBack implements Promise {
    private final Set<String> back = new HashSet<>();
    private final List<String> broken = new ArrayList<>();

    @Override
    public String number() {
        return "B01";
    }

    @Override
    public String words() {
        return "no raise after a target has turned back";
    }

    @Override
    public void decided(Audit decision) {
        var target = decision.application() + " " + decision.rollout() + " " + decision.target();
        if (decision.decision().equals("RollbackBegan")) {
            back.add(target);
        } else if (decision.decision().equals("Ordered") && back.contains(target) && weight(decision) > 0) {
            broken.add(target + " ordered " + weight(decision) + " % after it had turned back (" + decision.id() + ")");
        }
    }

    private static double weight(Audit decision) {
        return decision.after() != null && decision.after().get("weight") instanceof Number weight
                ? weight.doubleValue()
                : 0;
    }

    @Override
    public List<String> broken(Instant now) {
        return broken;
    }
}
