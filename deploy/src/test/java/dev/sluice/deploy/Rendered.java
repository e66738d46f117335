package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects that the chart makes. */
record Rendered(List<JsonNode> objects) {
    static Rendered read(String yaml) {
        return new Rendered(Yaml.documents(yaml));
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    JsonNode one(String kind, String name) {
        return ofKind(kind)
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** Pods' specs by their services. */
    Map<String, JsonNode> pods() {
        return ofKind("Deployment")
                .collect(Collectors.toMap(
                        deployment -> deployment
                                .at("/metadata/labels")
                                .get("app.kubernetes.io/component")
                                .asText(),
                        deployment -> deployment.at("/spec/template/spec")));
    }

    /** What it is set to; empty where it comes from a Secret. */
    Map<String, String> environment(String service) {
        return Yaml.each(pods().get(service).at("/containers/0/env"))
                .collect(Collectors.toMap(
                        variable -> variable.get("name").asText(),
                        variable -> variable.path("value").asText()));
    }
}
