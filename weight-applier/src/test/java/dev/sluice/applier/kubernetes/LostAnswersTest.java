package dev.sluice.applier.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.core.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that takes a request, and breaks the connection before it has answered. */
class LostAnswersTest {
    @TempDir
    Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private OwnClient client;
    private volatile boolean isReset;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        client = new OwnClient(server.getLocalPort(), folder);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var connection = server.accept()) {
                requests.add(read(connection));
                if (isReset) {
                    connection.setSoLinger(true, 0);
                }
            } catch (IOException closed) {
                // the next turn tells whether it was the server
            }
        }
    }

    /** The whole request, whose body ends with two braces; its method is the answer. */
    private static String read(Socket connection) throws IOException {
        var request = new StringBuilder();
        var buffer = new byte[1 << 12];
        while (!request.toString().endsWith("}}")) {
            var read = connection.getInputStream().read(buffer);
            request.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
        }
        return request.substring(0, request.indexOf(" "));
    }

    @ParameterizedTest
    @CsvSource({"POST, true", "POST, false", "PUT, true", "DELETE, true"})
    @DisplayName(
            "B09 B19 a write whose answer is lost is sent once: it may have been carried out, and a create has no version")
    void sendsAWriteOnce(String method, boolean byReset) {
        // given
        isReset = byReset;

        // when
        var failure = client.failure(method);

        // then
        assertThat(failure.kind()).isEqualTo(Failure.Kind.AWAY);
        assertThat(requests).containsExactly(method);
    }
}
