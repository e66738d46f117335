package dev.sluice.sandbox.view;

import dev.sluice.schemas.message.Status;
import java.util.HashMap;
import java.util.Map;

/** Plain lines, for logs and pipes: one for every change that matters. */
final class LineView implements View {
    private final Map<String, String> shown = new HashMap<>();

    @Override
    public synchronized void say(String line) {
        System.out.println(line);
    }

    @Override
    public synchronized void show(Status status) {
        var essence = StatusLine.essence(status);
        if (!essence.equals(shown.put(status.application() + "/" + status.target(), essence))) {
            System.out.println("  " + StatusLine.of(status));
        }
    }

    @Override
    public void close() {
        System.out.flush();
    }
}
