package dev.sluice.gate.source;

import java.util.function.UnaryOperator;

/**
 * Series as the meshes' proxies write them: 10 requests a second to the canary, of which 1 fails; and many more that must not
 * count: failing ones of the stable backend, of a namesake in another namespace, and of a caller's own retries.
 */
final class MeshSeries {
    private final OpenMetrics series;

    MeshSeries(OpenMetrics series) {
        this.series = series;
    }

    String all() {
        istio();
        linkerd();
        envoy();
        nginx();
        nginxOfF5();
        traefik();
        return series.text();
    }

    private void istio() {
        for (var failing : new String[] {
            "checkout,shop,destination", "checkout-canary,test,destination", "checkout-canary,shop,source"
        }) {
            requests("istio_requests_total", code -> istio(failing) + ",response_code=\"" + code + "\"", 0, 50);
            latencies("istio_request_duration_milliseconds", istio(failing), 1, 0);
        }
        var canary = istio("checkout-canary,shop,destination");
        requests("istio_requests_total", code -> canary + ",response_code=\"" + code + "\"", 9, 1);
        latencies("istio_request_duration_milliseconds", canary, 1, 8);
        series.counter("istio_requests_total", istio("healthy,shop,destination") + ",response_code=\"200\"", 3);
        series.counter("istio_requests_total", istio("broken,shop,destination") + ",response_code=\"503\"", 3);
    }

    private static String istio(String who) {
        var parts = who.split(",", -1);
        return "reporter=\"%s\",destination_workload=\"%s\",destination_workload_namespace=\"%s\""
                .formatted(parts[2], parts[0], parts[1]);
    }

    private void linkerd() {
        UnaryOperator<String> failing =
                code -> "deployment=\"checkout\",namespace=\"shop\",direction=\"inbound\"," + classOf(code);
        UnaryOperator<String> outbound =
                code -> "deployment=\"checkout-canary\",namespace=\"shop\",direction=\"outbound\"," + classOf(code);
        UnaryOperator<String> canary =
                code -> "deployment=\"checkout-canary\",namespace=\"shop\",direction=\"inbound\"," + classOf(code);
        requests("response_total", failing, 0, 50);
        requests("response_total", outbound, 0, 50);
        requests("response_total", canary, 9, 1);
        latencies(
                "response_latency_ms", "deployment=\"checkout-canary\",namespace=\"shop\",direction=\"inbound\"", 1, 8);
    }

    private static String classOf(String code) {
        return "status_code=\"%s\",classification=\"%s\"".formatted(code, code.equals("200") ? "success" : "failure");
    }

    private void envoy() {
        for (var failing : new String[] {
            "shop_checkout_80",
            "test_checkout-canary_80",
            "outbound|80||checkout.shop.svc.cluster.local",
            // Envoy Gateway's, of a route that is called like the canary: both backends are in it
            "httproute/shop/checkout-canary/rule/0"
        }) {
            cluster(failing, 0, 50, 0);
        }
        cluster("shop_checkout-canary_80", 9, 1, 8);
    }

    private void cluster(String name, double good, double bad, double fast) {
        var cluster = "envoy_cluster_name=\"" + name + "\"";
        requests("envoy_cluster_upstream_rq", code -> cluster + ",envoy_response_code=\"" + code + "\"", good, bad);
        latencies("envoy_cluster_upstream_rq_time", cluster, 1, fast);
    }

    private void nginx() {
        nginx("", 0, 50);
        nginx("test-checkout-canary-80", 0, 50);
        nginx("shop-checkout-canary-80", 9, 1);
    }

    private void nginx(String canary, double good, double bad) {
        var labels = "namespace=\"shop\",ingress=\"checkout\",service=\"checkout\",canary=\"" + canary + "\"";
        requests("nginx_ingress_controller_requests", code -> labels + ",status=\"" + code + "\"", good, bad);
        latencies("nginx_ingress_controller_request_duration_seconds", labels, 1000, good == 0 ? 0 : 8);
    }

    private void nginxOfF5() {
        nginxOfF5("shop", "checkout", 0, 50);
        nginxOfF5("test", "checkout-canary", 0, 50);
        nginxOfF5("shop", "checkout-canary", 9, 1);
    }

    /** Each code has a histogram of its own. */
    private void nginxOfF5(String namespace, String service, double good, double bad) {
        var name = "nginx_ingress_controller_upstream_server_response_latency_ms";
        var labels = "resource_type=\"virtualserver\",resource_name=\"shop\",resource_namespace=\"%s\",service=\"%s\""
                .formatted(namespace, service);
        for (var code : new String[] {"200", "503"}) {
            var of = labels + ",code=\"" + code + "\"";
            var all = code.equals("200") ? good : bad;
            series.counter(name + "_bucket", of + ",le=\"100\"", good == 0 ? 0 : 0.8 * all);
            series.counter(name + "_bucket", of + ",le=\"500\"", all);
            series.counter(name + "_bucket", of + ",le=\"+Inf\"", all);
            series.counter(name + "_count", of, all);
        }
    }

    private void traefik() {
        traefik("shop-checkout-80", 0, 50);
        traefik("test-checkout-canary-80", 0, 50);
        traefik("shop-checkout-canary-80", 9, 1);
    }

    private void traefik(String service, double good, double bad) {
        var labels = "method=\"GET\",protocol=\"http\",service=\"" + service + "@kubernetescrd\"";
        requests("traefik_service_requests_total", code -> labels + ",code=\"" + code + "\"", good, bad);
        latencies("traefik_service_request_duration_seconds", labels, 1000, good == 0 ? 0 : 8);
    }

    private void requests(String name, UnaryOperator<String> labels, double good, double bad) {
        series.counter(name, labels.apply("200"), good);
        series.counter(name, labels.apply("503"), bad);
    }

    /** 10 a second: so many of at most 100 ms, the others of at most 500 ms. */
    private void latencies(String name, String labels, int perUnit, double fast) {
        series.counter(name + "_bucket", labels + ",le=\"" + 100.0 / perUnit + "\"", fast);
        series.counter(name + "_bucket", labels + ",le=\"" + 500.0 / perUnit + "\"", 10);
        series.counter(name + "_bucket", labels + ",le=\"+Inf\"", 10);
        series.counter(name + "_count", labels, 10);
    }
}
