package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("file");
    }

    private WatchedFile<String> watched() {
        return new WatchedFile<>("sluice.access.x", path, "nothing", WatchedFileTest::read);
    }

    private static String read(String text) throws Unreadable {
        if (text.contains("bad")) {
            throw new Unreadable("it is bad");
        }
        return text;
    }

    @Test
    void takesANewVersionOnceItHasStoodForALook() throws IOException {
        // given
        Files.writeString(path, "one");
        var file = watched();
        assertThat(file.now()).isEqualTo("one");

        // when
        Files.writeString(path, "tw");
        file.look();
        Files.writeString(path, "two");
        file.look();

        // then
        assertThat(file.now()).isEqualTo("one");
        file.look();
        assertThat(file.now()).isEqualTo("two");
    }

    @Test
    void keepsWhatItHasWhereTheNewOneCannotBeRead() throws IOException {
        // given
        Files.writeString(path, "one");
        var file = watched();

        // when
        Files.writeString(path, "bad");
        file.look();
        file.look();
        Files.delete(path);
        file.look();

        // then
        assertThat(file.now()).isEqualTo("one");
        Files.writeString(path, "two");
        file.look();
        file.look();
        assertThat(file.now()).isEqualTo("two");
    }

    @Test
    void allowsNothingUntilTheFileIsThere() throws IOException {
        // given
        var file = watched();
        assertThat(file.now()).isEqualTo("nothing");

        // when
        Files.writeString(path, "one");
        file.look();
        file.look();

        // then
        assertThat(file.now()).isEqualTo("one");
    }
}
