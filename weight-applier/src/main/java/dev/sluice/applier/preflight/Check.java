package dev.sluice.applier.preflight;

import dev.sluice.applier.mesh.Workload;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All findings of a check. */
public final class Check {
    private static final int MOST = 100;
    private static final int MOST_WORDS = 2048;

    private Check() {}

    /** The Services that have to be looked at. */
    public static Set<String> services(Seen seen) {
        return Backends.services(seen);
    }

    /** Errors first. */
    public static List<Finding> findings(Seen seen, Rehearsal rehearsal, List<Tried> tried) {
        return shown(Stream.of(
                        rehearsal.findings(),
                        Kinds.findings(seen),
                        Backends.findings(seen),
                        workloads(seen),
                        Allowed.findings(seen),
                        tried.stream()
                                .flatMap(each -> each.findings(seen).stream())
                                .toList(),
                        Policies.findings(seen),
                        unread(seen))
                .flatMap(List::stream));
    }

    /** Each once, bounded. */
    public static List<Finding> shown(Stream<Finding> findings) {
        return findings.map(finding ->
                        new Finding(finding.severity(), finding.code(), Cut.to(MOST_WORDS, finding.message())))
                .distinct()
                .sorted(Comparator.comparing(Finding::severity))
                .limit(MOST)
                .toList();
    }

    /** It may be deployed until the first raise, which waits for it. */
    private static List<Finding> workloads(Seen seen) {
        return seen.absent().stream()
                .map(Workload::absent)
                .map(none -> Finding.warning(Code.OBJECT_MISSING, none.workload() + " " + none.lacks()))
                .toList();
    }

    private static List<Finding> unread(Seen seen) {
        return seen.unread().isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        Code.NOT_LOOKED_AT,
                        "not looked at, so nothing is said of it: " + String.join("; ", seen.unread())));
    }
}
