package dev.sluice.engine.http;

import dev.sluice.access.OpenEntrance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.regex.Pattern;

/** Schemas by their stable names, for editors and tools, which show no token: they say nothing of anybody's. */
@Path("/schemas/v1/{name}")
@ApplicationScoped
@RunOnVirtualThread
public class SchemasResource implements OpenEntrance {
    private static final Pattern PATHS = OpenEntrance.paths("/schemas/v1/*");
    private static final Pattern SCHEMA = Pattern.compile("[a-z-]+\\.schema\\.json");
    private static final String TOPICS = "asyncapi.yaml";

    @Override
    public boolean isOpen(String method, String path) {
        return method.equals("GET") && PATHS.matcher(path).matches();
    }

    @GET
    public Response schema(@PathParam("name") String name) throws IOException {
        var isTopics = name.equals(TOPICS);
        if (isTopics || SCHEMA.matcher(name).matches()) {
            try (var stream = SchemasResource.class.getResourceAsStream("/dev/sluice/schemas/" + name)) {
                if (stream != null) {
                    return Response.ok(stream.readAllBytes())
                            .type(isTopics ? "application/yaml" : "application/schema+json")
                            .build();
                }
            }
        }
        return new ProblemBody(
                        "There is no schema " + name,
                        "Use rollout-file.schema.json, or another of those that docs/contracts.md lists")
                .with(404);
    }
}
