package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/** Counts what is asked of the API server, by verb and resource, and how often it said that it was too much. */
final class Traffic implements Interceptor {
    private static final int TOO_MANY = 429;

    private final ClusterMeters meters;
    private final Counter overloads;

    Traffic(ClusterMeters meters) {
        this.meters = meters;
        this.overloads =
                meters.counter("sluice.applier.overloads", "Times that the API server said that it was too much (429)");
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        var path = request.uri().getPath().split("/", -1);
        var query = request.uri().getQuery();
        // /api/v1/… or /apis/group/version/…, then the resource, in a namespace or not, then maybe a name
        var begin = path.length > 1 && path[1].equals("api") ? 3 : 4;
        if (path.length > begin + 2 && path[begin].equals("namespaces")) {
            begin += 2;
        }
        var resource = begin < path.length ? path[begin] : "discovery";
        var verb = !request.method().equals("GET")
                ? request.method().toLowerCase(Locale.ROOT)
                : query != null && query.contains("watch=true")
                        ? "watch"
                        : request.headers("Accept").contains(Lists.METADATA)
                                ? "check"
                                : begin + 1 < path.length || begin >= path.length ? "get" : "list";
        meters.counter("sluice.applier.requests", "Requests to the API server", "verb", verb, "resource", resource)
                .increment();
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.code() == TOO_MANY) {
            overloads.increment();
        }
    }
}
