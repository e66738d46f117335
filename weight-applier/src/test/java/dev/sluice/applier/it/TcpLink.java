package dev.sluice.applier.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to a server on this machine that can be cut, frozen, silenced and mended: whoever uses it sees an outage. */
public final class TcpLink implements AutoCloseable {
    private final ServerSocket entry;
    private final int targetPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean frozen;

    public TcpLink(int targetPort) {
        try {
            this.targetPort = targetPort;
            this.entry = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("link").start(this::accept);
    }

    public int port() {
        return entry.getLocalPort();
    }

    public void cut() {
        cut = true;
        open.forEach(TcpLink::end);
    }

    /** Connections are taken and kept, and not a byte of an answer comes. */
    public void freeze() {
        frozen = true;
    }

    /** The connections of now stay and carry nothing any more, as behind a gateway that forgot them; later ones work. */
    public void silence() {
        silent.addAll(open);
    }

    /** After a freeze the frozen connections end: what was said on them is lost. */
    public void mend() {
        cut = false;
        if (frozen) {
            frozen = false;
            open.forEach(TcpLink::end);
        }
    }

    @Override
    public void close() throws IOException {
        cut();
        entry.close();
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                var client = entry.accept();
                if (cut) {
                    end(client);
                } else {
                    join(client, new Socket(InetAddress.getLoopbackAddress(), targetPort));
                }
            } catch (IOException closed) {
                // the next accept tells whether it was the entry
            }
        }
    }

    private void join(Socket client, Socket server) throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> pump(client, server));
        Thread.ofVirtual().start(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        try {
            var buffer = new byte[1 << 16];
            for (var read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (!frozen && !silent.contains(from)) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException broken) {
            // the end of either side is the end of both
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
            silent.remove(from);
            silent.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
