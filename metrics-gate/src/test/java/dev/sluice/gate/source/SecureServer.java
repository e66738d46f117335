package dev.sluice.gate.source;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server by TLS that asks for the client's certificate, and providers that do and don't know what it wants. */
public final class SecureServer implements QuarkusTestResourceLifecycleManager {
    private static final String PASSWORD = "changeit";
    private static final String ONE = """
            {"status":"success","data":{"resultType":"scalar","result":[1796032800,"1"]}}""";

    private Path folder;
    private HttpsServer server;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("sluice-tls-");
            pair("server");
            pair("client");
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var context = context();
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    var ssl = context.getDefaultSSLParameters();
                    ssl.setNeedClientAuth(true);
                    parameters.setSSLParameters(ssl);
                }
            });
            server.createContext("/", exchange -> {
                try (exchange) {
                    var body = ONE.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
            return settings();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        for (var name : List.of("known", "anonymous", "distrustful")) {
            settings.put("sluice.gate.providers." + name + ".type", "prometheus");
            settings.put(
                    "sluice.gate.providers." + name + ".url",
                    "https://localhost:" + server.getAddress().getPort());
        }
        settings.put("sluice.gate.providers.known.tls", "mutual");
        settings.put("sluice.gate.providers.anonymous.tls", "trusting");
        settings.put("quarkus.tls.mutual.trust-store.pem.certs", path("server.pem"));
        settings.put("quarkus.tls.mutual.key-store.p12.path", path("client.p12"));
        settings.put("quarkus.tls.mutual.key-store.p12.password", PASSWORD);
        settings.put("quarkus.tls.trusting.trust-store.pem.certs", path("server.pem"));
        return settings;
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                KeyStore.getInstance(folder.resolve("server.p12").toFile(), PASSWORD.toCharArray()),
                PASSWORD.toCharArray());
        keytool(List.of(
                "-importcert",
                "-noprompt",
                "-alias",
                "client",
                "-file",
                path("client.pem"),
                "-keystore",
                path("trusted.p12"),
                "-storetype",
                "PKCS12"));
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(KeyStore.getInstance(folder.resolve("trusted.p12").toFile(), PASSWORD.toCharArray()));
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private void pair(String name) throws IOException {
        keytool(List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost",
                "-keystore",
                path(name + ".p12"),
                "-storetype",
                "PKCS12"));
        keytool(List.of(
                "-exportcert", "-rfc", "-alias", name, "-keystore", path(name + ".p12"), "-file", path(name + ".pem")));
    }

    private void keytool(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(arguments);
        command.addAll(List.of("-storepass", PASSWORD));
        var log = folder.resolve("keytool.log").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + Files.readString(log.toPath()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public void stop() {
        server.stop(0);
        try (var files = Files.list(folder)) {
            files.forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder.toFile().delete();
    }
}
