package dev.sluice.cli.replay;

import dev.sluice.cli.replay.Past.Assessed;
import dev.sluice.schemas.message.Audit;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An application's rollouts as the audit tells them. */
public final class PastRollouts {
    private final String application;
    private final Map<String, Map<String, PastTarget>> targets = new LinkedHashMap<>();
    private final Map<String, Assessed> assessed = new HashMap<>();
    private final Set<String> undos = new HashSet<>();

    public PastRollouts(String application) {
        this.application = application;
    }

    public void decided(Audit decision) {
        var rollout = decision.rollout();
        if (rollout == null || !application.equals(decision.application())) {
            return;
        }
        switch (decision.decision()) {
            case "Assessed" -> assessed.put(rollout, word(decision));
            case "Started" -> {
                if (decision.event() != null && decision.event().type().equals("undo")) {
                    undos.add(rollout);
                }
            }
            default -> {
                if (decision.target() != null) {
                    targets.computeIfAbsent(rollout, id -> new LinkedHashMap<>())
                            .computeIfAbsent(decision.target(), name -> new PastTarget(rollout, name))
                            .decided(decision);
                }
            }
        }
    }

    private static Assessed word(Audit decision) {
        var ending = decision.after() == null ? null : decision.after().get("ending");
        return "wrong".equals(ending) ? Assessed.WRONG : "right".equals(ending) ? Assessed.RIGHT : null;
    }

    /** Whether it is known, be it that it isn't over. */
    boolean knows(String rollout) {
        return targets.containsKey(rollout) && !begun(rollout).isEmpty();
    }

    /** Those that are over, the oldest first; going back to an earlier release judges nothing. */
    List<String> over() {
        return targets.keySet().stream()
                .filter(rollout -> !undos.contains(rollout))
                .filter(this::isOver)
                .sorted(Comparator.comparing(rollout -> startedAt(rollout).orElseThrow()))
                .toList();
    }

    /** When its first target began. */
    Optional<Instant> startedAt(String rollout) {
        return begun(rollout).stream().map(PastTarget::begun).min(Comparator.naturalOrder());
    }

    /** When the first of them began; empty of none. */
    public Optional<Instant> earliest(List<String> rollouts) {
        return rollouts.stream().flatMap(rollout -> startedAt(rollout).stream()).min(Comparator.naturalOrder());
    }

    List<Past> targets(String rollout) {
        return begun(rollout).stream()
                .map(target -> target.told(assessed.get(rollout)))
                .toList();
    }

    private boolean isOver(String rollout) {
        return !begun(rollout).isEmpty() && begun(rollout).stream().allMatch(PastTarget::isOver);
    }

    private Collection<PastTarget> begun(String rollout) {
        return targets.getOrDefault(rollout, Map.of()).values().stream()
                .filter(PastTarget::hasBegun)
                .toList();
    }
}
