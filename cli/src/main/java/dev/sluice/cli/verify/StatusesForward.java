package dev.sluice.cli.verify;

import dev.sluice.schemas.message.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The last status on the topic is the newest, so that nobody ends up with an old one. */
final class StatusesForward implements Promise {
    private final Map<String, Long> last = new HashMap<>();
    private final Map<String, Long> highest = new HashMap<>();
    private final Set<String> targets = new HashSet<>();

    @Override
    public String number() {
        return "B06";
    }

    @Override
    public String words() {
        return "status goes forward: the last one on the topic is the newest";
    }

    @Override
    public void shown(Status status) {
        var target = status.application() + "/" + status.target();
        targets.add(target);
        last.put(target, status.version());
        highest.merge(target, status.version(), Math::max);
    }

    @Override
    public List<String> broken(Instant now) {
        var broken = new ArrayList<String>();
        targets.stream()
                .filter(target -> !last.get(target).equals(highest.get(target)))
                .sorted()
                .forEach(target -> broken.add(
                        target + " was at version " + highest.get(target) + " and is shown at " + last.get(target)));
        return broken;
    }
}
