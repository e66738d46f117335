package dev.sluice.simulation.manifest;

import dev.sluice.applier.mesh.ObjectRef;
import java.util.List;

/** Where a route of an application's is, in every cluster alike: its two backends are Services of these names. */
public record Site(String name, Manifest manifest) {
    public String active() {
        return name;
    }

    public String canary() {
        return name + "-canary";
    }

    /** The other of the two. */
    public String beside(String backend) {
        return backend.equals(active()) ? canary() : active();
    }

    public List<ObjectRef> refs() {
        return manifest.refs(this);
    }

    public String route(String cluster) {
        var main = refs().getFirst();
        return cluster + "/" + Manifest.NAMESPACE + "/" + main.kind().name() + "/" + main.name()
                + manifest.rule(this).map(rule -> "/" + rule).orElse("");
    }
}
