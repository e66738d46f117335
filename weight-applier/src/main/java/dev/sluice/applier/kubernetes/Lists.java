package dev.sluice.applier.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists of metadata alone, page by page. Consistent ones, not what the API server happens to have in its cache: its own
 * watches may be what fell behind.
 */
final class Lists {
    /** An API server, or a proxy, that can't leave the rest out may send it. */
    static final String METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    private static final int PAGE = 500;

    private final KubernetesClient client;
    private final Api api;

    Lists(KubernetesClient client, Api api) {
        this.client = client;
        this.api = api;
    }

    /**
     * Where a kind is listed.
     *
     * @param group {@code api/v1}, or {@code apis/group/version}
     * @param selector of labels; null for all
     */
    record Place(String group, String plural, String selector) {
        private String path(String namespace) {
            return "/" + group + "/" + (namespace == null ? "" : "namespaces/" + namespace + "/") + plural + "?limit="
                    + PAGE + (selector == null ? "" : "&labelSelector=" + selector);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Page(Metadata metadata, List<Item> items) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Item(Metadata metadata) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Metadata(
            String namespace,
            String name,
            String resourceVersion,
            @JsonProperty("continue") String rest) {}

    /**
     * @param namespace null for all
     * @throws RuntimeException where the API server doesn't answer with all of it
     */
    Listed of(Place place, String namespace) {
        var path = place.path(namespace);
        var versions = new HashMap<String, Long>();
        var page = page(path);
        // the first page's version is the whole list's
        var at = Listed.number(page.metadata().resourceVersion());
        take(page, versions);
        while (page.metadata().rest() != null && !page.metadata().rest().isEmpty()) {
            page = page(path + "&continue=" + page.metadata().rest());
            take(page, versions);
        }
        return new Listed(at, versions);
    }

    private Page page(String path) {
        return client.getKubernetesSerialization().unmarshal(api.read(path, METADATA), Page.class);
    }

    private static void take(Page page, Map<String, Long> versions) {
        if (page.items() != null) {
            for (var item : page.items()) {
                var about = item.metadata();
                versions.put(SlimStore.key(about.namespace(), about.name()), Listed.number(about.resourceVersion()));
            }
        }
    }
}
