package dev.sluice.sandbox.view;

import dev.sluice.schemas.message.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * For a terminal: what happened scrolls by, and the newest status of every target stays at the bottom, in colour.
 * ANSI sequences: ECMA-48, cursor up (CUU), erase in display (ED), select graphic rendition (SGR).
 */
final class TerminalView implements View {
    private static final String ESC = "\u001b[";
    private static final String PLAIN = ESC + "0m";

    private final Map<String, Status> newest = new LinkedHashMap<>();
    private final Map<String, String> logged = new LinkedHashMap<>();
    private final int columns = Terminal.columns();
    private int drawn;

    @Override
    public synchronized void say(String line) {
        redraw(line);
    }

    @Override
    public synchronized void show(Status status) {
        var key = status.application() + "/" + status.target();
        newest.put(key, status);
        var essence = StatusLine.essence(status);
        redraw(essence.equals(logged.put(key, essence)) ? null : ESC + "2m  " + StatusLine.of(status) + PLAIN);
    }

    private void redraw(String scrolled) {
        var out = new StringBuilder();
        if (drawn > 0) {
            out.append(ESC).append(drawn).append('A').append(ESC).append("0J");
        }
        if (scrolled != null) {
            out.append(scrolled).append('\n');
        }
        for (var status : newest.values()) {
            out.append(colour(status))
                    .append("▶ ")
                    .append(fitting(StatusLine.of(status)))
                    .append(PLAIN)
                    .append('\n');
        }
        drawn = newest.size();
        System.out.print(out);
        System.out.flush();
    }

    /** A line that wrapped would count as one when the cursor goes up again. */
    private String fitting(String line) {
        var room = columns - 3;
        return line.length() <= room ? line : line.substring(0, Math.max(0, room - 1)) + "…";
    }

    private static String colour(Status status) {
        return ESC
                + switch (status.phase()) {
                    case PROMOTED -> "32m";
                    case ROLLING_BACK, ROLLED_BACK, FAILED -> "31m";
                    case PAUSED, AWAITING_APPROVAL, WAITING -> "33m";
                    case PENDING, PROGRESSING, ANALYZING, FINALIZING, CANCELLED -> "36m";
                };
    }

    @Override
    public synchronized void close() {
        System.out.print(PLAIN);
        System.out.flush();
    }
}
