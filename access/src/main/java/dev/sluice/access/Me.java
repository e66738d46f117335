package dev.sluice.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.wire.Json;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code GET /api/me}: who the caller is and may; {@code ?application=} what there. */
@ApplicationScoped
class Me {
    static final String PATH = "/api/me";

    private final AccessConfig config;

    Me(AccessConfig config) {
        this.config = config;
    }

    /**
     * @param mode {@code on}, or {@code off}: everybody is whoever they say
     * @param grants what the rules give; null where one application is asked for
     * @param roles there
     * @param commands there, without {@code force} and {@code overrideFreeze}
     * @param force whether those, too
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            String actor,
            List<String> groups,
            String mode,
            List<Rules.Grant> grants,
            String application,
            Set<Role> roles,
            List<CommandType> commands,
            Boolean force) {}

    void serve(@Observes Router router) {
        router.get(PATH).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        try {
            context.response()
                    .putHeader("Content-Type", "application/json")
                    .end(Json.mapper().writeValueAsString(shown(Caller.of(context), context.request())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("everybody can be written as JSON", e);
        }
    }

    private Shown shown(Caller caller, HttpServerRequest request) {
        var groups = caller.groups().stream().sorted().toList();
        var mode = config.mode().name().toLowerCase(Locale.ROOT);
        var application = request.getParam("application");
        if (application == null) {
            return new Shown(caller.name(), groups, mode, caller.grants(), null, null, null, null);
        }
        var roles = caller.roles(application);
        return new Shown(
                caller.name(),
                groups,
                mode,
                null,
                application,
                roles,
                Role.allowed(roles),
                Role.has(roles, Role.ADMIN));
    }
}
