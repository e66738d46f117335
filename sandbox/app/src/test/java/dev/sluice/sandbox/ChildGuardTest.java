package dev.sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildGuardTest {
    /** A program that starts a child, tells its id, and waits to be killed. */
    public static final class Parent {
        public static void main(String[] arguments) throws Exception {
            var guard = new ChildGuard();
            var child = new ProcessBuilder("sleep", "600").start();
            guard.watch(child.toHandle());
            System.out.println(child.pid());
            child.waitFor();
        }
    }

    @Test
    void childrenDieWithAParentThatIsKilled() throws Exception {
        // given
        var parent = parent();
        var child = ProcessHandle.of(childOf(parent)).orElseThrow();
        assertThat(child.isAlive()).isTrue();
        // when
        parent.destroyForcibly();
        // then
        await().atMost(10, TimeUnit.SECONDS).until(() -> !child.isAlive());
    }

    private static Process parent() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                        Parent.class.getName())
                .start();
    }

    private static long childOf(Process parent) throws IOException {
        return Long.parseLong(parent.inputReader(StandardCharsets.UTF_8).readLine());
    }
}
