package dev.sluice.gate.alert;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks SNS by HTTPS, trusting what Java trusts, and remembers a few certificates. */
@Singleton
public class SnsServer implements Sns.Server {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST_CERTIFICATES = 16;
    private static final int LARGEST_CERTIFICATE = 1 << 16;

    private final Map<URI, X509Certificate> certificates = new LinkedHashMap<>();

    @Override
    public PublicKey key(URI url) throws IOException {
        var known = known(url);
        if (known == null) {
            known = certificate(get(url));
            remember(url, known);
        }
        try {
            known.checkValidity();
        } catch (CertificateException e) {
            throw new IOException("the certificate at " + url.getHost() + " is not valid now", e);
        }
        return known.getPublicKey();
    }

    private synchronized X509Certificate known(URI url) {
        return certificates.get(url);
    }

    private synchronized void remember(URI url, X509Certificate certificate) {
        certificates.put(url, certificate);
        if (certificates.size() > MOST_CERTIFICATES) {
            certificates.remove(certificates.keySet().iterator().next());
        }
    }

    @Override
    public void visit(URI url) throws IOException {
        get(url);
    }

    private static X509Certificate certificate(byte[] pem) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new IOException("it gave no certificate", e);
        }
    }

    /** Redirects are not followed: they may lead anywhere. */
    private static byte[] get(URI url) throws IOException {
        var request = HttpRequest.newBuilder(url).timeout(LONGEST).build();
        try (var client = HttpClient.newBuilder().connectTimeout(LONGEST).build()) {
            var response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException(url.getHost() + " answered " + response.statusCode());
                }
                return body.readNBytes(LARGEST_CERTIFICATE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
