package dev.sluice.applier.preflight;

import dev.sluice.applier.mesh.ObjectRef;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import java.util.List;

/** Which kinds of objects the cluster serves. */
final class Kinds {
    private Kinds() {}

    /** Of all but the main one, of which the rules speak. */
    static List<Finding> findings(Seen seen) {
        return seen.objects().refs().stream()
                .map(ObjectRef::kind)
                .distinct()
                .filter(kind -> !kind.equals(seen.objects().mainRef().kind()))
                .filter(kind -> seen.offered().containsKey(kind.name()))
                .map(kind -> Finding.error(
                        Code.KIND_UNSERVED, kind.unserved(seen.offered().get(kind.name()))))
                .toList();
    }
}
