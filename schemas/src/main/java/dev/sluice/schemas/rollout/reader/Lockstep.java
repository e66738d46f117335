package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Groups of targets that enter each step together: each target in one group, none that waits for another of it. */
final class Lockstep {
    private final JsonNode file;
    private final Problems problems;

    Lockstep(JsonNode file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Of those that take part, where at least two do. */
    static List<List<String>> groups(JsonNode file, List<String> taking) {
        var groups = new ArrayList<List<String>>();
        for (var group : file.path("rolloutConfig").path("lockstep")) {
            var members = members(group).stream().filter(taking::contains).toList();
            if (members.size() > 1) {
                groups.add(members);
            }
        }
        return groups;
    }

    void check() {
        var groupOf = new HashMap<String, Integer>();
        var groups = file.path("rolloutConfig").path("lockstep");
        for (int i = 0; i < groups.size(); i++) {
            var members = members(groups.path(i));
            for (int j = 0; j < members.size(); j++) {
                var other = groupOf.putIfAbsent(members.get(j), i);
                if (other != null && other != i) {
                    problems.add(at(i).to(j), "`" + members.get(j) + "` is of another group already");
                }
                waiting(members, members.get(j), at(i));
            }
        }
    }

    private void waiting(List<String> group, String member, Pointer at) {
        var waitsFor = new HashSet<String>();
        follow(member, waitsFor);
        group.stream()
                .filter(other -> !other.equals(member) && waitsFor.contains(other))
                .forEach(other -> problems.add(
                        at,
                        "`" + member + "` waits by dependsOn until `" + other
                                + "` is promoted, so that they can't enter a step together"));
    }

    private void follow(String target, Set<String> followed) {
        for (var before : Dependencies.of(file.path("targets").path(target))) {
            // whoever waits for one of a group waits for all of it
            for (var one : together(before)) {
                if (followed.size() < Dependencies.MOST_TARGETS && followed.add(one)) {
                    follow(one, followed);
                }
            }
        }
    }

    private Set<String> together(String target) {
        var all = new LinkedHashSet<String>();
        all.add(target);
        for (var group : file.path("rolloutConfig").path("lockstep")) {
            var members = members(group);
            if (members.contains(target)) {
                all.addAll(members);
            }
        }
        return all;
    }

    /** @param steps of a strategy, by its name */
    void checkSteps(Function<String, List<Step>> steps) {
        Map<String, List<Step>> known = new HashMap<>();
        var groups = file.path("rolloutConfig").path("lockstep");
        for (int i = 0; i < groups.size(); i++) {
            String first = null;
            for (var member : members(groups.path(i))) {
                var target = file.path("targets").path(member);
                if (target.isMissingNode()) {
                    // told already
                    continue;
                }
                var strategy = target.path("strategy").asText();
                if (first == null) {
                    first = strategy;
                } else if (!first.equals(strategy)
                        && !known.computeIfAbsent(first, steps).equals(known.computeIfAbsent(strategy, steps))) {
                    problems.add(
                            at(i),
                            "the steps of `" + first + "` and `" + strategy
                                    + "` are not the same; targets that go in lockstep need the same steps: give them one strategy");
                }
            }
        }
    }

    private static Pointer at(int group) {
        return Pointer.of("rolloutConfig", "lockstep").to(group);
    }

    private static List<String> members(JsonNode group) {
        var members = new ArrayList<String>();
        group.forEach(member -> members.add(member.asText()));
        return members;
    }
}
