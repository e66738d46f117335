package dev.sluice.dashboard.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.dashboard.config.DashboardConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** What is frozen: it may stand for months, so that only the engine knows, and streams don't wait for it for long. */
@ApplicationScoped
public class EngineFreezes {
    private static final String NOT_TOLD = "null";
    private static final int OK = 200;

    private final EngineClient engine;
    private final DashboardConfig.Dashboard config;
    private final ObjectMapper mapper;

    EngineFreezes(EngineClient engine, DashboardConfig config, ObjectMapper mapper) {
        this.engine = engine;
        this.config = config.dashboard();
        this.mapper = mapper;
    }

    /** A JSON array in one line, or {@code null} where the engine doesn't say in time. Asked when it is subscribed to. */
    public Uni<String> toldTo(String authorization) {
        return Uni.createFrom().item(() -> ask(authorization)).runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }

    private String ask(String authorization) {
        try {
            var answer = engine.ask(EngineRequest.get("/api/freezes", authorization), config.freezesWithin());
            var freezes = answer.status() == OK ? mapper.readTree(answer.body()) : null;
            return freezes != null && freezes.isArray() ? freezes.toString() : NOT_TOLD;
        } catch (EngineAway | IOException e) {
            return NOT_TOLD;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOT_TOLD;
        }
    }
}
