package dev.sluice.cli.verify;

import dev.sluice.schemas.message.Audit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A verdict counts for one run, and once. */
final class VerdictsOnce implements Promise {
    private final Map<String, String> counted = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    @Override
    public String number() {
        return "B06";
    }

    @Override
    public String words() {
        return "each verdict is counted once";
    }

    @Override
    public void decided(Audit decision) {
        if (!decision.decision().equals("RunJudged") || decision.event() == null) {
            return;
        }
        var verdict = decision.application() + " " + decision.event().id();
        var before = counted.putIfAbsent(verdict, decision.id());
        if (before != null) {
            broken.add("verdict " + verdict + " was counted by " + before + " and by " + decision.id());
        }
    }

    @Override
    public List<String> broken(Instant now) {
        return broken;
    }
}
