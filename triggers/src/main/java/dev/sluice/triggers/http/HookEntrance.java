package dev.sluice.triggers.http;

import dev.sluice.access.OpenEntrance;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Webhooks: each sender proves itself by the secret that it was given, which the desk looks at. */
@Singleton
class HookEntrance implements OpenEntrance {
    private static final Pattern HOOKS = OpenEntrance.paths("/api/hooks/*");

    @Override
    public boolean isOpen(String method, String path) {
        return method.equals("POST") && HOOKS.matcher(path).matches();
    }
}
