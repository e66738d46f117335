package dev.sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParentWatchTest {
    /** Starts the one below, tells its id, and waits, as Maven does. */
    public static final class Parent {
        public static void main(String[] arguments) throws Exception {
            var child = java(Child.class);
            System.out.println(child.inputReader(StandardCharsets.UTF_8).readLine());
            child.waitFor();
        }
    }

    /** Tells its id once it watches. */
    public static final class Child {
        public static void main(String[] arguments) throws Exception {
            ParentWatch.endWithParent();
            System.out.println(ProcessHandle.current().pid());
            Thread.currentThread().join();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void line31EndsWithItsParentByWhateverSignal(boolean kill) throws Exception {
        // given
        var parent = java(Parent.class);
        var line = parent.inputReader(StandardCharsets.UTF_8).readLine();
        var child = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
        assertThat(child.isAlive()).isTrue();
        // when
        if (kill) {
            parent.destroyForcibly();
        } else {
            parent.destroy();
        }
        // then
        await().atMost(30, TimeUnit.SECONDS).until(() -> !child.isAlive());
    }

    private static Process java(Class<?> program) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsurefire.real.class.path=" + classPath(),
                        "-cp",
                        classPath(),
                        program.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String classPath() {
        return System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));
    }
}
