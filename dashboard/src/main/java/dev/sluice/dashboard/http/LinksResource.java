package dev.sluice.dashboard.http;

import dev.sluice.dashboard.config.DashboardConfig;
import dev.sluice.dashboard.core.LinkTemplate;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;

/** Where the configuration says that people find more. Made at the start, so that one that can't be filled in is found then. */
@Startup
@Singleton
@Path("/api/links")
public class LinksResource {
    private final List<LinkTemplate> links;

    LinksResource(DashboardConfig config) {
        links = config.dashboard().links().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(link -> LinkTemplate.of(link.getKey(), link.getValue().url()))
                .toList();
    }

    @GET
    public List<LinkTemplate> links() {
        return links;
    }
}
