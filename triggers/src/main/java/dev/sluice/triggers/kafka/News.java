package dev.sluice.triggers.kafka;

import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Status;
import dev.sluice.triggers.core.Answer;
import dev.sluice.triggers.core.Seen;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What the topics have said: the newest status of each target, and answers to commands of custom resources and Deployments. Thread-safe. */
@Singleton
public class News {
    private static final int MOST_ANSWERS = 200;
    private static final int MOST_APPLICATIONS = 10_000;

    private final Map<String, Map<String, Status>> statuses = new HashMap<>();
    private final Map<String, Map<String, Answer>> answers = newest(MOST_APPLICATIONS);
    private final Map<String, Map<String, Instant>> released = newest(MOST_APPLICATIONS);
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    private static <V> Map<String, V> newest(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** @param listener is told of every application of which there is news */
    public void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    void take(Status status) {
        synchronized (this) {
            var known = statuses.computeIfAbsent(status.application(), application -> new TreeMap<>());
            var before = known.get(status.target());
            // a topic that is read again from its beginning tells what was before
            if (before != null && before.version() > status.version()) {
                return;
            }
            known.put(status.target(), status);
        }
        tell(status.application());
    }

    /** @param key application and target, of a status that is forgotten */
    void forget(String key) {
        var slash = key.lastIndexOf('/');
        if (slash < 0) {
            return;
        }
        var application = key.substring(0, slash);
        synchronized (this) {
            var known = statuses.get(application);
            if (known != null) {
                known.remove(key.substring(slash + 1));
                if (known.isEmpty()) {
                    statuses.remove(application);
                }
            }
        }
        tell(application);
    }

    void take(Audit audit) {
        var id = audit.event() == null ? null : audit.event().id();
        var dropped = Answer.dropped(audit).filter(Answer::isAwaited);
        var free = Answer.released(audit);
        synchronized (this) {
            if (id != null && Answer.isAwaited(id)) {
                answered(audit.application(), id, Answer.of(audit));
            } else if (dropped.isEmpty() && free.isEmpty()) {
                return;
            }
            free.ifPresent(revision -> released.computeIfAbsent(audit.application(), any -> newest(MOST_ANSWERS))
                    .put(revision, audit.time()));
            dropped.ifPresent(start -> answered(audit.application(), start, Answer.drop(audit)));
        }
        tell(audit.application());
    }

    private void answered(String application, String command, Answer answer) {
        answers.computeIfAbsent(application, any -> newest(MOST_ANSWERS)).merge(command, answer, Answer::and);
    }

    private void tell(String application) {
        listeners.forEach(listener -> listener.accept(application));
    }

    public synchronized Seen of(String application) {
        return new Seen(
                List.copyOf(statuses.getOrDefault(application, Map.of()).values()),
                Map.copyOf(answers.getOrDefault(application, Map.of())),
                Map.copyOf(released.getOrDefault(application, Map.of())));
    }
}
