package dev.sluice.gate.format.foreign;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the labels of well-known senders mean. All take the side of the destination, for a client that tries again hides the
 * canary's errors from its own numbers. {@code target} has to be configured: no sender knows what a rollout file calls it.
 *
 * @param moreTotals to be added to the expression for counters' names
 */
record Preset(
        Map<String, String> when,
        Map<String, String> extract,
        String application,
        String target,
        String revision,
        String canary,
        String instance,
        List<String> keep,
        String moreTotals) {
    private static final String PODS = "{pod|pod_name|kubernetes_pod_name|instance}";

    static final Preset NONE =
            new Preset(Map.of(), Map.of(), null, null, null, null, "{k8s.pod.name|pod|instance}", List.of(), "");

    /** Standard metrics of Istio: both workloads of a rollout have one canonical service, and the revision of their pods' label. */
    private static final Preset ISTIO = new Preset(
            Map.of("reporter", "destination"),
            Map.of(),
            "{destination_workload_namespace}/{destination_canonical_service|destination_app}",
            null,
            "{destination_canonical_revision|destination_version}",
            null,
            PODS,
            List.of(
                    "response_code",
                    "grpc_response_status",
                    "response_flags",
                    "request_protocol",
                    "destination_workload",
                    "destination_service_name"),
            "");

    /** Metrics of Linkerd's proxy, in whose pod's name they are scraped. */
    private static final Preset LINKERD = new Preset(
            Map.of("direction", "inbound"),
            Map.of(),
            "{namespace}/{app|k8s_app|deployment}",
            null,
            "{rollouts_pod_template_hash|pod_template_hash|version}",
            null,
            PODS,
            List.of("classification", "status_code", "grpc_status", "error", "rt_route", "route_name", "deployment"),
            "");

    /** Clusters of an Envoy gateway, {@code <namespace>_<service>_<port>} as Contour names them; the canary's service ends in -canary. */
    private static final Preset ENVOY = new Preset(
            Map.of(),
            Map.of(
                    "envoy_cluster_name",
                    "(?P<namespace>[^/_]+)[/_](?P<service>[^/_]+?)(?P<side>-canary|-primary|)[/_].*"),
            "{namespace}/{service}",
            null,
            null,
            "envoy_cluster_name=[^/_]+[/_][^/_]+-canary[/_].*",
            PODS,
            List.of("envoy_response_code", "envoy_response_code_class", "envoy_cluster_name"),
            "|envoy_cluster_upstream_(rq|rq_xx|rq_completed|rq_timeout|rq_retry|rq_cancelled)");

    /** Semantic conventions of OpenTelemetry; server metrics have names of their own. */
    private static final Preset OTEL = new Preset(
            Map.of(),
            Map.of(),
            "{service.namespace|k8s.namespace.name}/{service.name}",
            null,
            "{k8s.pod.labels.rollouts-pod-template-hash|k8s.pod.label.rollouts-pod-template-hash|rollouts-pod-template-hash"
                    + "|k8s.pod.labels.app.kubernetes.io/version|k8s.pod.label.app.kubernetes.io/version|app.kubernetes.io/version|service.version}",
            null,
            "{k8s.pod.name|service.instance.id|host.name}",
            List.of(
                    "http.response.status_code",
                    "http.request.method",
                    "http.route",
                    "http.status_code",
                    "rpc.grpc.status_code",
                    "rpc.method",
                    "error.type",
                    "status.code",
                    "span.kind",
                    "span.name"),
            "");

    private static final Map<String, Preset> ALL =
            new TreeMap<>(Map.of("envoy", ENVOY, "istio", ISTIO, "linkerd", LINKERD, "otel", OTEL));

    static Preset named(String name) {
        var preset = ALL.get(name);
        if (preset == null) {
            throw new IllegalArgumentException("there is no preset `" + name + "`; known are " + ALL.keySet());
        }
        return preset;
    }
}
