package dev.sluice.engine.http;

import dev.sluice.access.Forbidden;
import dev.sluice.access.Refusals;
import dev.sluice.engine.kafka.CommandSender;
import dev.sluice.engine.postgres.StorageUnavailable;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Failures as JSON that says what to do. */
class Errors {
    private static final Logger LOG = Logger.getLogger(Errors.class);

    private final Refusals refusals;

    Errors(Refusals refusals) {
        this.refusals = refusals;
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        var status = e.getResponse().getStatus();
        return new ProblemBody(e.getMessage(), todo(status)).with(status);
    }

    private static String todo(int status) {
        return switch (status) {
            case 404 -> "See /q/openapi for what there is";
            case 405 -> "See /q/openapi for the methods of this path";
            case 406 -> "Ask for application/json";
            case 413 -> "Send less";
            case 415 -> "Send application/json or application/yaml";
            default -> "Correct the request";
        };
    }

    @ServerExceptionMapper
    Response forbidden(Forbidden e) {
        return Response.status(Response.Status.FORBIDDEN)
                .type(Refusals.PROBLEM)
                .entity(refusals.tell(e))
                .build();
    }

    @ServerExceptionMapper
    Response away(StorageUnavailable e) {
        return new ProblemBody("Rollouts can't be read or stored now: " + e.getMessage(), "Try again").with(503);
    }

    @ServerExceptionMapper
    Response tooLarge(CommandSender.TooLarge e) {
        return new ProblemBody(e.getMessage(), "Send a shorter rollout file").with(413);
    }

    @ServerExceptionMapper
    Response away(KafkaException e) {
        return new ProblemBody(
                        "Kafka is not available: " + e.getMessage(), "Try again; the same command id again is safe")
                .with(503);
    }

    @ServerExceptionMapper
    Response failed(RuntimeException e) {
        LOG.error("A request failed", e);
        return new ProblemBody("The request failed by a fault of the engine", "See the engine's log").with(500);
    }
}
