package dev.sluice.applier.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A client that is made beside whoever needs it: its kubeconfig may name a program for the credentials, which takes its time
 * or hangs. Until it is there, what is asked of it fails as if the API server didn't answer. Tried again where it fails.
 */
final class LateClient implements InvocationHandler {
    private static final Logger LOG = Logger.getLogger(LateClient.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<KubernetesClient> maker;
    private final Duration patience;
    private final CompletableFuture<KubernetesClient> made = new CompletableFuture<>();
    private final Thread thread;

    private LateClient(String name, Supplier<KubernetesClient> maker, Duration patience) {
        this.name = name;
        this.maker = maker;
        this.patience = patience;
        this.thread = Thread.ofPlatform().name("client-" + name).daemon().unstarted(this::make);
    }

    /** @param patience how long a call waits for the client */
    static KubernetesClient of(String name, Supplier<KubernetesClient> maker, Duration patience) {
        var late = new LateClient(name, maker, patience);
        late.thread.start();
        return (KubernetesClient) Proxy.newProxyInstance(
                KubernetesClient.class.getClassLoader(), new Class<?>[] {KubernetesClient.class}, late);
    }

    private void make() {
        while (!made.isDone()) {
            try {
                var client = maker.get();
                if (!made.complete(client)) {
                    client.close();
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "no client can be made for cluster %s; trying again", name);
                LockSupport.parkNanos(AGAIN.toNanos());
            }
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("close") && made.cancel(false)) {
            thread.interrupt();
            return null;
        }
        try {
            return method.invoke(client(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private KubernetesClient client() throws ExecutionException {
        try {
            return made.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new KubernetesClientException("there are no credentials yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("stopped", e);
        }
    }
}
