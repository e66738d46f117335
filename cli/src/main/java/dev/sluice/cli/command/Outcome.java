package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a command led to.
 *
 * @param decisions in the order in which they were decided, at least one
 */
record Outcome(String type, String application, String id, List<Audit> decisions) {
    private static final String REJECTED = "Rejected";
    private static final String IGNORED = "Ignored";
    private static final String DUPLICATE = "duplicate";

    /** As JSON. */
    record Shown(String command, String type, String application, int exit, List<Audit> decisions) {}

    Shown shown() {
        return new Shown(id, type, application, exit().code(), decisions);
    }

    Exit exit() {
        if (decisions.stream().allMatch(decision -> is(decision, REJECTED))) {
            return problems().isEmpty() ? Exit.CONFLICT : Exit.INVALID;
        }
        // a start that nothing follows from, for another rollout does the same already
        var startedNothing = type.equals("start") && decisions.stream().allMatch(Outcome::changesNothing);
        return startedNothing && !isDuplicate() ? Exit.CONFLICT : Exit.DONE;
    }

    /** Whether the same id was taken before; what it led to then may not be known any more. */
    boolean isDuplicate() {
        return decisions.stream()
                .allMatch(decision -> is(decision, IGNORED)
                        && decision.reason() != null
                        && decision.reason().startsWith(DUPLICATE));
    }

    /** What is wrong with the file that the command carried. */
    List<Problem> problems() {
        return decisions.stream()
                .flatMap(decision -> decision.errors().stream())
                .toList();
    }

    /** The first thing that was decided of each target says it; what follows from that is in the audit. */
    String words() {
        var byTarget = new LinkedHashMap<String, Audit>();
        decisions.forEach(
                decision -> byTarget.putIfAbsent(decision.target() == null ? "" : decision.target(), decision));
        if (byTarget.size() > 1 && byTarget.containsKey("") && !isTold(byTarget.get(""))) {
            byTarget.remove("");
        }
        return byTarget.values().stream().map(Outcome::line).collect(Collectors.joining("\n"));
    }

    private static boolean isTold(Audit decision) {
        return decision.reason() != null && !decision.reason().isBlank();
    }

    private static String line(Audit decision) {
        var where = decision.target() == null ? "" : " " + decision.target();
        return decision.decision() + where + (isTold(decision) ? ": " + decision.reason() : "");
    }

    private static boolean changesNothing(Audit decision) {
        return is(decision, REJECTED) || is(decision, IGNORED);
    }

    private static boolean is(Audit decision, String name) {
        return decision.decision().equals(name);
    }
}
