package dev.sluice.sandbox.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionList;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.List;

/** Puts discovery in front of the mock, which by itself answers it with an empty list of objects. */
final class DiscoveringDispatcher extends Dispatcher {
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private final KubernetesCrudDispatcher objects;

    DiscoveringDispatcher(KubernetesCrudDispatcher objects) {
        this.objects = objects;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        var path = request.getPath().replaceFirst("\\?.*", "").replaceFirst("/$", "");
        var discovery = new Discovery(definitions());
        if (discovery.isQuestion(path)) {
            return discovery
                    .answer(path)
                    .map(answer -> json(200, answer))
                    .orElseGet(() -> json(404, Discovery.notFound(path)));
        }
        return discovery.serves(path) ? stored(request) : json(404, Discovery.notFound(path));
    }

    private MockResponse stored(RecordedRequest request) {
        if (String.valueOf(request.getHeader("Content-Type")).contains("protobuf")) {
            return json(415, Discovery.unreadable());
        }
        try {
            return objects.dispatch(request);
        } catch (RuntimeException e) {
            // The mock would leave the caller without any answer: a JSON Patch whose test fails, a body it cannot read.
            return json(422, Discovery.unprocessable(e));
        }
    }

    @Override
    public void shutdown() {
        objects.shutdown();
    }

    private List<CustomResourceDefinition> definitions() {
        var body = objects.handleGet(DEFINITIONS).getBody();
        return body == null
                ? List.of()
                : Serialization.unmarshal(new String(body.getBytes(), UTF_8), CustomResourceDefinitionList.class)
                        .getItems();
    }

    private static MockResponse json(int code, Object body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(Serialization.asJson(body));
    }
}
