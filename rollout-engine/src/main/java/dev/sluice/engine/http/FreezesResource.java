package dev.sluice.engine.http;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.shell.Lookup;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** What somebody has frozen, the oldest first. Put up and lifted by the commands {@code freeze} and {@code unfreeze}. */
@Path("/api/freezes")
@RunOnVirtualThread
public class FreezesResource {
    private final Lookup lookup;

    FreezesResource(Lookup lookup) {
        this.lookup = lookup;
    }

    @GET
    public List<Freeze> standing() {
        return lookup.freezes();
    }
}
