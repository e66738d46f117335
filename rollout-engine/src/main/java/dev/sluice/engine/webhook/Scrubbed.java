package dev.sluice.engine.webhook;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** Takes secrets out of what others say: as they are, and as JSON, URLs and Base64 write them. */
public final class Scrubbed {
    private static final String INSTEAD = "•••";

    /** The longest first: one may be part of another. */
    private final List<String> secrets;

    public Scrubbed(Collection<String> secrets) {
        var forms = new LinkedHashSet<String>();
        for (var secret : secrets) {
            var bytes = secret.getBytes(StandardCharsets.UTF_8);
            forms.add(secret);
            forms.add(new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            forms.add(Quoting.URL.quoted(secret));
            forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        forms.remove("");
        this.secrets = forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    public String text(String text) {
        var clean = text;
        for (var secret : secrets) {
            clean = clean.replace(secret, INSTEAD);
        }
        return clean;
    }

    boolean isIn(String text) {
        return secrets.stream().anyMatch(text::contains);
    }
}
