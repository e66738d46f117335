package dev.sluice.dashboard.http;

import dev.sluice.access.OpenEntrance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/** The page itself, which is the same for everybody and shows nothing of anybody's: it asks for a token by itself. */
@ApplicationScoped
class PageEntrance implements OpenEntrance {
    private static final Pattern PARTS =
            OpenEntrance.paths("/", "/index.html", "/icon.svg", "/assets/*", "/rollouts", "/freezes", "/fleet");
    /** Targets' names may hold blanks and brackets; no dot, slash, backslash or percent sign is written as a code there. */
    private static final String NAME =
            "/(?!\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~!$'()*+,=:@-]|%(?!2[eEfF5]|5[cC]|00)[0-9A-Fa-f]{2})+";

    private static final Pattern PLACES = Pattern.compile("/(?:rollouts|applications)(?:" + NAME + ")+");

    @Override
    public boolean isOpen(String method, String path) {
        return method.equals("GET")
                && (PARTS.matcher(path).matches() || PLACES.matcher(path).matches());
    }
}
