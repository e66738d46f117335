package dev.sluice.applier.kubernetes;

import dev.sluice.applier.kubernetes.Watches.EndpointsChange;
import dev.sluice.applier.kubernetes.Watches.ObjectChange;
import dev.sluice.applier.kubernetes.Watches.Unwatched;

/** Who is told of what is seen in a cluster. Must not block: whoever tells has others to tell. */
public interface News {
    void objectChanged(ObjectChange change);

    void endpointsChanged(EndpointsChange change);

    void unwatched(Unwatched place);
}
