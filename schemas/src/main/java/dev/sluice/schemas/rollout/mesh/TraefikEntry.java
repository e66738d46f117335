package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Traefik: a TraefikService. */
public final class TraefikEntry implements MeshEntry {
    @Override
    public String name() {
        return "traefik";
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        return Entries.ofServices(entry, "traefikservices.traefik.io", "traefikService");
    }

    @Override
    public Beside beside(JsonNode entry) {
        return Beside.NOTHING.andKeptClients();
    }
}
