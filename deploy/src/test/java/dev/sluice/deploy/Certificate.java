package dev.sluice.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of servers on this machine, which is its own authority.
 *
 * @param store with its key, in PKCS #12
 * @param file itself, in PEM
 * @param key in PEM, for nobody's eyes but its owner's
 */
record Certificate(Path store, Path file, Path key) {
    static final String PASSWORD = "sandbox";

    private static final String ALIAS = "server";

    static Certificate make(Path folder) throws IOException, GeneralSecurityException {
        var certificate = new Certificate(
                folder.resolve("server.p12"), folder.resolve("server.crt"), folder.resolve("server.key"));
        certificate.make();
        return certificate;
    }

    private void make() throws IOException, GeneralSecurityException {
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2");
        keytool("-exportcert", "-rfc", "-file", file.toString());
        var secret =
                KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getKey(ALIAS, PASSWORD.toCharArray());
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(secret.getEncoded());
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(String... words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of(
                "-alias", ALIAS, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a certificate was made", e);
        }
    }
}
