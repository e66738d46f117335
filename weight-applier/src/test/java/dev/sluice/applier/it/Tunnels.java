package dev.sluice.applier.it;

import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Connections that carry bytes either way, until they are silenced: then they stay open and whoever asked hears nothing. */
final class Tunnels {
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final Set<NetSocket> silent = ConcurrentHashMap.newKeySet();

    /** Those of now; later ones work. */
    void silence() {
        silent.addAll(open);
    }

    /** Those of now. */
    void end() {
        open.forEach(NetSocket::close);
    }

    /** @param far paused, so that nothing it has said is lost */
    void join(NetSocket near, NetSocket far) {
        open.add(near);
        near.handler(far::write);
        far.handler(bytes -> {
            if (!silent.contains(near)) {
                near.write(bytes);
            }
        });
        near.closeHandler(gone -> {
            open.remove(near);
            silent.remove(near);
            far.close();
        });
        far.closeHandler(gone -> {
            if (!silent.contains(near)) {
                near.close();
            }
        });
        near.resume();
        far.resume();
    }
}
