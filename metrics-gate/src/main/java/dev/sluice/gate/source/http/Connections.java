package dev.sluice.gate.source.http;

import dev.sluice.gate.config.ProvidersConfig;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** Opens the connections of each provider: no two share theirs, so that none waits for another's. */
@Singleton
public class Connections {
    private final Function<String, Optional<SSLContext>> tls;

    @Inject
    public Connections(TlsConfigurationRegistry registry) {
        this(name -> registry.get(name).map(Connections::context));
    }

    /** @param tls the TLS configurations by name */
    public Connections(Function<String, Optional<SSLContext>> tls) {
        this.tls = tls;
    }

    /** @throws IllegalArgumentException for a TLS configuration that there isn't */
    public HttpClient open(ProvidersConfig.Provider settings) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout());
        settings.tls()
                .map(name -> tls.apply(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "tls names " + name + ", and there is no quarkus.tls." + name)))
                .ifPresent(client::sslContext);
        return client.build();
    }

    private static SSLContext context(TlsConfiguration configuration) {
        try {
            return configuration.createSSLContext();
        } catch (Exception e) {
            throw new IllegalArgumentException("quarkus.tls." + configuration.getName() + " cannot be used", e);
        }
    }
}
