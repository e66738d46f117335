package dev.sluice.gate.source.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a mesh or ingress counts in Prometheus, on the serving side: a caller's retries would hide errors. Names of metrics and
 * labels as their documentation has them.
 */
enum MeshMetrics {
    /** The sidecar of the workload that serves. */
    ISTIO(
            List.of("istio"),
            new Requests(
                    "istio_requests_total",
                    "reporter=\"destination\",destination_workload_namespace=\"{{namespace}}\","
                            + "destination_workload=\"{{workload}}\"",
                    "response_code=~\"5..\""),
            new Latency("istio_request_duration_milliseconds", 1)),
    /** The proxy beside the workload that serves. Linkerd's own class of a failure: 5xx, and gRPC's errors. */
    LINKERD(
            List.of("linkerd"),
            new Requests(
                    "response_total",
                    "direction=\"inbound\",namespace=\"{{namespace}}\",deployment=\"{{workload}}\"",
                    "classification=\"failure\""),
            new Latency("response_latency_ms", 1)),
    /**
     * A gateway that is an Envoy and has a cluster for each Service, named beside its namespace between {@code | / _ .}. Envoy Gateway
     * has one for all backends of a route's rule, which is named by the route: a route may be called like a Service.
     */
    ENVOY(
            List.of("envoy", "gatewayApi"),
            new Requests(
                    "envoy_cluster_upstream_rq",
                    "envoy_cluster_name=~\"(.*[|/_.])?({{namespace}}[|/_.]{{service}}|{{service}}[|/_.]{{namespace}})([|/_.].*)?\","
                            + "envoy_cluster_name!~\"(http|grpc|tls|tcp|udp)route/.*\"",
                    "envoy_response_code=~\"5..\""),
            new Latency("envoy_cluster_upstream_rq_time", 1),
            "Envoy Gateway keeps both backends of a rule in one cluster and has no numbers of the canary's own: ask those who"
                    + " have, as in builtin/istio/success-rate, by a queryTemplate for the canary's pods, or by events"),
    /** Its Envoy's clusters are {@code namespace_service_port}. */
    CONTOUR(
            List.of("contour"),
            new Requests(
                    "envoy_cluster_upstream_rq",
                    "envoy_cluster_name=~\"{{namespace}}_{{service}}_[0-9a-zA-Z-]+\"",
                    "envoy_response_code=~\"5..\""),
            new Latency("envoy_cluster_upstream_rq_time", 1)),
    /** ingress-nginx: the label {@code canary} is {@code namespace-service-port} of the canary that served; empty for others. */
    INGRESS_NGINX(
            List.of("ingressNginx"),
            new Requests(
                    "nginx_ingress_controller_requests",
                    "canary=~\"{{namespace}}-{{service}}-[0-9a-zA-Z]+\"",
                    "status=~\"5..\""),
            new Latency("nginx_ingress_controller_request_duration_seconds", 1000)),
    /**
     * F5 NGINX, with {@code -enable-latency-metrics}, which counts for both of its editions. A request counts by its last try; gRPC, and
     * what no server of the Service was there for, doesn't.
     */
    NGINX(
            List.of("nginx"),
            new Requests(
                    "nginx_ingress_controller_upstream_server_response_latency_ms_count",
                    "resource_namespace=\"{{namespace}}\",service=\"{{service}}\"",
                    "code=~\"5..\""),
            new Latency("nginx_ingress_controller_upstream_server_response_latency_ms", 1),
            "F5 NGINX counts by Service only when it is started with -enable-latency-metrics"),
    /** Its services are {@code namespace-service-port@kubernetescrd}. */
    TRAEFIK(
            List.of("traefik"),
            new Requests(
                    "traefik_service_requests_total",
                    "service=~\"{{namespace}}-{{service}}-[0-9a-zA-Z]+@kubernetes.*\"",
                    "code=~\"5..\""),
            new Latency("traefik_service_request_duration_seconds", 1000));

    private final List<String> words;
    private final Requests requests;
    private final Latency latency;
    private final String whenNothing;

    MeshMetrics(List<String> words, Requests requests, Latency latency) {
        this(words, requests, latency, null);
    }

    MeshMetrics(List<String> words, Requests requests, Latency latency, String whenNothing) {
        this.words = words;
        this.requests = requests;
        this.latency = latency;
        this.whenNothing = whenNothing;
    }

    /**
     * @param counter of requests
     * @param backend matchers for those of one backend
     * @param failed the further matcher for those that failed
     */
    record Requests(String counter, String backend, String failed) {}

    /**
     * @param histogram without its suffix
     * @param toMillis what makes milliseconds of its unit
     */
    record Latency(String histogram, int toMillis) {}

    static Optional<MeshMetrics> of(String word) {
        return Arrays.stream(values()).filter(mesh -> mesh.words.contains(word)).findFirst();
    }

    static List<String> allWords() {
        return Arrays.stream(values())
                .flatMap(mesh -> mesh.words.stream())
                .sorted()
                .toList();
    }

    /** What is likely where there is no data; null where nothing is known of that. */
    String whenNothing() {
        return whenNothing;
    }

    /** Failures that were never counted are none; no requests at all are no answer. */
    String successRate() {
        return "1 - (sum(rate(" + requests.counter() + "{" + requests.backend() + "," + requests.failed()
                + "}[{{interval}}])) or vector(0)) / sum(rate(" + requests.counter() + "{" + requests.backend()
                + "}[{{interval}}]))";
    }

    String requests() {
        return "sum(increase(" + requests.counter() + "{" + requests.backend() + "}[{{interval}}]))";
    }

    String latency() {
        var buckets = latency.histogram() + "_bucket{" + requests.backend() + "}";
        var quantile = "histogram_quantile(0.99, sum by (le) (rate(" + buckets + "[{{interval}}])))";
        return latency.toMillis() == 1 ? quantile : quantile + " * " + latency.toMillis();
    }

    String measured() {
        return "sum(increase(" + latency.histogram() + "_count{" + requests.backend() + "}[{{interval}}]))";
    }
}
