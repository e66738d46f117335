package dev.sluice.gate.alert;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which URLs are of SNS: anyone may send a message that names any other. */
final class SnsHost {
    private static final int LONGEST = 2048;
    private static final int HTTPS = 443;
    private static final Pattern HOST = Pattern.compile("sns\\.[a-z]{2}(-[a-z0-9]+){2,4}\\.amazonaws\\.com(\\.cn)?");

    private SnsHost() {}

    /** Empty for every other. */
    static Optional<URI> url(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var url = new URI(text);
            var isOfSns = "https".equals(url.getScheme())
                    && url.getHost() != null
                    && HOST.matcher(url.getHost()).matches()
                    && (url.getPort() == -1 || url.getPort() == HTTPS)
                    && url.getRawUserInfo() == null;
            return isOfSns ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
    }
}
