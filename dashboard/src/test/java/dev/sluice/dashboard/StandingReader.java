package dev.sluice.dashboard;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** A reader who asks for the stream and takes nothing of it until told to. */
final class StandingReader implements AutoCloseable {
    private static final int SMALL = 4096;

    private final URL url;
    private final Socket socket = new Socket();

    StandingReader(URL url) throws IOException {
        this.url = url;
        // what the system takes in its place
        socket.setReceiveBufferSize(SMALL);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    }

    void ask() throws IOException {
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .formatted(url.getPath())
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads on until something has come so many times; the test ends where nothing comes any more. */
    String readUntil(String what, int times) throws IOException {
        var seen = new StringBuilder();
        var part = new byte[1 << 16];
        var from = 0;
        for (var left = times; left > 0; ) {
            var count = socket.getInputStream().read(part);
            if (count < 0) {
                throw new IOException("the stream ended");
            }
            seen.append(new String(part, 0, count, StandardCharsets.UTF_8));
            for (var at = seen.indexOf(what, from); at >= 0; at = seen.indexOf(what, from)) {
                from = at + what.length();
                left--;
            }
            // one that came in two parts is found with the next
            from = Math.max(from, seen.length() - what.length());
        }
        return seen.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
