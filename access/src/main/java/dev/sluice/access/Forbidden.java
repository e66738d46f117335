package dev.sluice.access;

/** What a caller may not do, with words. An answer of 403, and told by {@link Refusals}. */
public final class Forbidden extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final String ASK =
            "Ask whoever keeps the file of sluice.access.rules for the role; GET /api/me shows those that you have";

    private final String application;
    private final String asked;
    private final String id;
    private final String todo;

    /**
     * @param application null where none is named
     * @param asked a command's type, or {@code see}
     * @param id the command's; null where it is none
     */
    public Forbidden(String application, String asked, String id, String words, String todo) {
        super(words, null, false, false);
        this.application = application;
        this.asked = asked;
        this.id = id;
        this.todo = todo;
    }

    public String application() {
        return application;
    }

    public String asked() {
        return asked;
    }

    public String id() {
        return id;
    }

    public String todo() {
        return todo;
    }
}
