package dev.sluice.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jboss.logging.Logger;

/**
 * What a file says, looked at again and again. Its bytes are compared, not its time: mounted Secrets are links that are turned, and a
 * clock's tick may be long. Where a new version can't be read the one before it stays, and the log says so.
 */
final class WatchedFile<T> {
    private static final Logger LOG = Logger.getLogger(WatchedFile.class);
    private static final long MOST_BYTES = 1 << 20;

    interface Reading<T> {
        T read(String text) throws Unreadable;
    }

    private final String setting;
    private final Path path;
    private final Reading<T> reading;
    private volatile T now;
    private byte[] taken = new byte[0];
    private byte[] seen;
    private String failure = "";

    /** @param otherwise counts until the file could be read once */
    WatchedFile(String setting, Path path, T otherwise, Reading<T> reading) {
        this.setting = setting;
        this.path = path;
        this.now = otherwise;
        this.reading = reading;
        look(true);
    }

    T now() {
        return now;
    }

    /** Takes what was there at the look before, too: a file that is being written is not read by halves. */
    synchronized void look() {
        look(false);
    }

    private void look(boolean isFirst) {
        try {
            var bytes = bytes();
            var isSettled = isFirst || Arrays.equals(bytes, seen);
            seen = bytes;
            if (isSettled && !Arrays.equals(bytes, taken)) {
                taken = bytes;
                now = reading.read(text(bytes));
                failure = "";
                LOG.infof("Read %s from %s", setting, path);
            }
        } catch (Unreadable e) {
            fail(e.getMessage());
        } catch (IOException e) {
            seen = null;
            // it is looked at again though it has come back as it was
            taken = new byte[0];
            fail(e.toString());
        }
    }

    private byte[] bytes() throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw new IOException("it has more than " + MOST_BYTES + " bytes");
        }
        return Files.readAllBytes(path);
    }

    private static String text(byte[] bytes) throws Unreadable {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable("it is not UTF-8");
        }
    }

    private void fail(String words) {
        if (!words.equals(failure)) {
            failure = words;
            LOG.errorf("%s cannot be read from %s, what was read before it still counts: %s", setting, path, words);
        }
    }
}
