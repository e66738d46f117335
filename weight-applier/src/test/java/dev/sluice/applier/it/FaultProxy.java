package dev.sluice.applier.it;

import io.fabric8.kubeapitest.cert.CertManager;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * In front of a real API server: passes on what it is asked, with all rights, but for the requests that are to meet a fault.
 * Speaks HTTP/1.1 on both sides, so that a broken connection concerns one request.
 */
final class FaultProxy implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int SWITCHING_PROTOCOLS = 101;
    /** Each side frames its messages by itself. */
    private static final Set<String> OF_THE_CONNECTION = Set.of("host", "content-length", "transfer-encoding");

    private final Vertx vertx = Vertx.vertx();
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final Tunnels tunnels = new Tunnels();
    private final List<Held> overtaken = new CopyOnWriteArrayList<>();
    private final LostWatches lost = new LostWatches();
    private final HttpClient api;
    private final HttpServer server;
    private final Path kubeconfig;

    private record Held(HttpServerRequest request, Buffer body) {
        private boolean isOvertakenBy(HttpServerRequest other) {
            return request.method().equals(other.method()) && request.path().equals(other.path());
        }
    }

    private record Answer(int code, MultiMap headers, Buffer body) {
        private boolean isSuccess() {
            return code / 100 == 2;
        }
    }

    /** @param folder for the proxy's own certificate, and the kubeconfig that trusts it */
    FaultProxy(String direct, Path folder) throws IOException {
        var key = folder.resolve("proxy.key");
        var certificate = folder.resolve("proxy.crt");
        CertManager.generateKeyAndCertificate(
                "CN=proxy", key.toFile(), certificate.toFile(), new GeneralName(GeneralName.iPAddress, HOST));
        api = vertx.createHttpClient(towards(Config.fromKubeconfig(direct)));
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setKeyPath(key.toString())
                                .setCertPath(certificate.toString())))
                .requestHandler(this::take)
                .listen(0, HOST)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), through(direct, Files.readAllBytes(certificate)));
    }

    private static HttpClientOptions towards(Config direct) {
        var address = URI.create(direct.getMasterUrl());
        return new HttpClientOptions()
                .setDefaultHost(address.getHost())
                .setDefaultPort(address.getPort())
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(direct.getCaCertFile()))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setKeyPath(direct.getClientKeyFile())
                        .setCertPath(direct.getClientCertFile()))
                .setMaxPoolSize(100);
    }

    private String through(String direct, byte[] certificate) {
        var config = Serialization.unmarshal(direct, io.fabric8.kubernetes.api.model.Config.class);
        config.getClusters().forEach(named -> {
            named.getCluster().setServer("https://" + HOST + ":" + server.actualPort());
            named.getCluster().setCertificateAuthority(null);
            named.getCluster().setCertificateAuthorityData(Base64.getEncoder().encodeToString(certificate));
        });
        config.getUsers().forEach(named -> named.setUser(new AuthInfo()));
        return Serialization.asYaml(config);
    }

    /** Whoever uses this file goes through the proxy. */
    Path kubeconfig() {
        return kubeconfig;
    }

    /** The next requests of this method and resource meet the fault, once earlier rules for them are used up. */
    FaultRule next(int requests, String method, String resource, Fault fault) {
        var rule = new FaultRule(requests, method, resource, fault);
        rules.add(rule);
        return rule;
    }

    /** Watches of now stay open and tell nothing any more; later ones work. */
    void silenceWatches() {
        tunnels.silence();
    }

    /** Watches of now end; whoever begins one anew hears nothing until {@link #answerLostWatches}. */
    void loseWatches() {
        lost.begin();
        tunnels.end();
    }

    void awaitLostWatch(String resource) {
        lost.awaitOne(resource);
    }

    /** Watches work again, but for those of the resource that were begun anew meanwhile: they are too late. */
    int answerLostWatches(String resource, Gone how) {
        return lost.end(resource, how, this::watch);
    }

    void endFaults() {
        rules.clear();
    }

    private void take(HttpServerRequest request) {
        if (request.headers().contains("Upgrade")) {
            watch(request);
            return;
        }
        var rule = rules.stream().filter(one -> one.takes(request)).findFirst();
        request.body().onSuccess(body -> {
            if (rule.isPresent()) {
                meet(rule.get(), request, body);
            } else {
                pass(request, body);
            }
        });
    }

    private void pass(HttpServerRequest request, Buffer body) {
        forward(request, body)
                .onSuccess(answer -> {
                    answer(request, answer);
                    if (answer.isSuccess()) {
                        overtake(request);
                    }
                })
                .onFailure(away -> request.connection().close());
    }

    private void meet(FaultRule rule, HttpServerRequest request, Buffer body) {
        var fault = rule.fault();
        if (fault.isAnswer()) {
            var answer = MultiMap.caseInsensitiveMultiMap().addAll(fault.headers());
            answer(request, new Answer(fault.code(), answer, Buffer.buffer(fault.status())));
        } else if (fault == Fault.LATE) {
            request.connection().closeHandler(gone -> forward(request, body));
        } else if (fault == Fault.OVERTAKEN) {
            overtaken.add(new Held(request, body));
        } else {
            forward(request, body).onComplete(done -> {
                rule.carriedOut();
                if (fault == Fault.LOST) {
                    request.connection().close();
                }
            });
        }
    }

    private void overtake(HttpServerRequest request) {
        for (var held : List.copyOf(overtaken)) {
            if (held.isOvertakenBy(request) && overtaken.remove(held)) {
                forward(held.request(), held.body());
            }
        }
    }

    private Future<Answer> forward(HttpServerRequest request, Buffer body) {
        return ask(request)
                .compose(asked -> body.length() == 0 ? asked.send() : asked.send(body))
                .compose(answer ->
                        answer.body().map(content -> new Answer(answer.statusCode(), answer.headers(), content)));
    }

    private Future<HttpClientRequest> ask(HttpServerRequest request) {
        return api.request(new RequestOptions().setMethod(request.method()).setURI(request.uri()))
                .onSuccess(asked -> {
                    // a tunnel's end is none of the request's concern, which would log it
                    asked.exceptionHandler(gone -> {});
                    copy(request.headers(), asked.headers());
                });
    }

    private static void answer(HttpServerRequest request, Answer answer) {
        var response = request.response();
        if (!response.closed()) {
            copy(answer.headers(), response.headers());
            response.setStatusCode(answer.code()).end(answer.body());
        }
    }

    private static void copy(MultiMap from, MultiMap to) {
        from.forEach((name, value) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                to.add(name, value);
            }
        });
    }

    /** The client's watches are web sockets. */
    private void watch(HttpServerRequest request) {
        request.pause();
        if (lost.takes(request)) {
            return;
        }
        ask(request).compose(HttpClientRequest::connect).onComplete(done -> {
            if (done.failed()) {
                request.connection().close();
            } else if (done.result().statusCode() != SWITCHING_PROTOCOLS) {
                var refusal = done.result();
                refusal.body()
                        .onSuccess(body -> answer(request, new Answer(refusal.statusCode(), refusal.headers(), body)));
            } else {
                var far = done.result().netSocket();
                far.pause();
                request.response().setStatusCode(SWITCHING_PROTOCOLS);
                copy(done.result().headers(), request.response().headers());
                request.toNetSocket().onSuccess(near -> tunnels.join(near, far)).onFailure(gone -> far.close());
            }
        });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
