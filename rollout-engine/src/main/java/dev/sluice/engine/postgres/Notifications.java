package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Hears of other instances' commits, which tell of them once they are done. Only makes things faster: who listens also looks
 * by itself now and then, so a lost connection costs a second, not a message.
 */
@ApplicationScoped
public class Notifications {
    private static final Logger LOG = Logger.getLogger(Notifications.class);
    private static final String CHANNEL = "sluice_outbox";
    private static final Duration BEFORE_RECONNECT = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Config config;
    private PgSubscriber subscriber;

    Notifications(Vertx vertx, Config config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** @param commit called on an event loop: must not block */
    public void listen(Runnable commit) {
        subscriber = PgSubscriber.subscriber(vertx, options());
        subscriber.reconnectPolicy(attempts -> BEFORE_RECONNECT.toMillis());
        subscriber.channel(CHANNEL).handler(payload -> commit.run());
        var unused = subscriber
                .connect()
                .onFailure(failure -> LOG.debugf("Not listening to other instances yet: %s", failure));
    }

    /** Tells the others that there is something to send. In a transaction of its own: see {@code V5}. */
    public Uni<Void> tell(StatelessSession session) {
        return session.createNativeQuery("select cast(pg_notify('" + CHANNEL + "', '') as text)", String.class)
                .getResultList()
                .replaceWithVoid();
    }

    public void close() {
        if (subscriber != null) {
            var unused = subscriber.close();
        }
    }

    private PgConnectOptions options() {
        var url = config.getValue("quarkus.datasource.reactive.url", String.class);
        var options = PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""));
        config.getOptionalValue("quarkus.datasource.username", String.class).ifPresent(options::setUser);
        config.getOptionalValue("quarkus.datasource.password", String.class).ifPresent(options::setPassword);
        return options;
    }
}
