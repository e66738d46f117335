package dev.sluice.gate.source.http;

import dev.sluice.gate.source.Unanswered;

/** What a server sent back, of whatever status. */
public record Reply(int status, String body) {
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * Why it answers nothing.
     *
     * @param words the server's own; blank for none
     */
    public Unanswered refusal(String words) {
        var all = "the server answered " + status + meaning() + (words.isBlank() ? "" : ": " + words);
        var isPassing = status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
        return isPassing ? Unanswered.yet(all) : Unanswered.ever(all);
    }

    private String meaning() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> " (it sends elsewhere, which is not followed: secrets would go along)";
            case 401, 403 -> " (it does not take the credentials)";
            case TOO_MANY_REQUESTS -> " (it was asked too often)";
            default -> "";
        };
    }
}
