package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Callbacks that came, and the key that their tokens are signed with. */
@ApplicationScoped
public class Callbacks {

    /** The first callback of a call, if there was one. */
    public Uni<Optional<Changes.Callback>> find(StatelessSession session, String call) {
        return session.createNativeQuery(
                        "select call, taken, words, at from webhook_callback where call = :call", Object[].class)
                .setParameter("call", call)
                .getResultList()
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Changes.Callback(
                                (String) row[0], (Boolean) row[1], (String) row[2], Sql.instant(row[3]))));
    }

    public Uni<Integer> forgetBefore(StatelessSession session, Instant oldest) {
        return session.createNativeQuery("delete from webhook_callback where at < :oldest")
                .setParameter("oldest", Sql.time(oldest))
                .executeUpdate();
    }

    /** @param fresh is kept where there is none yet: the first one stays */
    public Uni<Integer> offerKey(StatelessSession session, byte[] fresh) {
        return session.createNativeQuery(
                        "insert into webhook_key (key) values (decode(:key, 'base64')) on conflict do nothing")
                .setParameter("key", Base64.getEncoder().encodeToString(fresh))
                .executeUpdate();
    }

    public Uni<Optional<byte[]>> key(StatelessSession session) {
        return session.createNativeQuery("select encode(key, 'base64') from webhook_key", String.class)
                .getResultList()
                .map(rows -> rows.stream().findFirst().map(Base64.getMimeDecoder()::decode));
    }
}
