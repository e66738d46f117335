package dev.sluice.sandbox.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Ports of this machine's loopback address. */
public final class FreePort {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int ATTEMPTS = 100;
    /** Above what well-known servers listen on, below what Linux gives to outgoing connections by default. */
    private static final int FIRST = 20_000;

    private static final int END = 32_000;
    private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private FreePort() {}

    /**
     * A port that nothing listened on a moment ago, and that no outgoing connection is given where that can be helped: a
     * server that binds it later, or again after it died, finds it free.
     */
    public static int any() {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (!isEphemeral(port) && isFree(port)) {
                return port;
            }
        }
        return ephemeral();
    }

    private static int ephemeral() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    /** Whether a server can listen on this port now or in a moment: a passing connection may hold it for that long. */
    public static boolean becomesFree(int port) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!isFree(port)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** Whether the system may give this port to any outgoing connection; false where it doesn't say. */
    public static boolean isEphemeral(int port) {
        try {
            var range = Files.readString(EPHEMERAL).strip().split("\\s+", 2);
            return port >= Integer.parseInt(range[0]) && port <= Integer.parseInt(range[1]);
        } catch (IOException | RuntimeException notLinux) {
            return false;
        }
    }

    /** Whether a server could listen on this port now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // A port whose former owner's connections linger in TIME_WAIT is free for a server.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
