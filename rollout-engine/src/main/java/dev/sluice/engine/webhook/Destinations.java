package dev.sluice.engine.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who may be called. A host is looked at by its name, and then by the address it has when it is called: that very address
 * is connected to, so that a name can't stand for another one by then.
 */
final class Destinations {
    private static final Pattern HOST = Pattern.compile("\\*|(\\*\\.)?[a-z0-9_][a-z0-9._-]*|\\[[0-9a-f:.]+]");

    private final List<String> hosts;
    private final List<Network> opened;

    /** @throws IllegalArgumentException says which setting is wrong */
    Destinations(List<String> hosts, List<String> networks) {
        this.hosts = hosts.stream().map(Destinations::pattern).toList();
        try {
            this.opened = networks.stream().map(Network::of).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sluice.webhooks.networks: " + e.getMessage(), e);
        }
    }

    private static String pattern(String host) {
        var lower = host.strip().toLowerCase(Locale.ROOT);
        if (!HOST.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "sluice.webhooks.hosts: " + host + " is no host: write hooks.example.com, *.example.com or *");
        }
        return lower;
    }

    /** @throws Uncallable for what is no URL of HTTP, and for a host that is not on the list */
    URI url(String text) throws Uncallable {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new Uncallable("its URL is none: " + e.getReason());
        }
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new Uncallable("its URL must begin with http:// or https:// and a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new Uncallable("its URL names a user: put {{secrets.…}} into a header instead");
        }
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        if (hosts.stream().noneMatch(pattern -> isOf(pattern, host))) {
            throw new Uncallable("calling " + host + " is not allowed: sluice.webhooks.hosts lists who may be called");
        }
        return uri;
    }

    private static boolean isOf(String pattern, String host) {
        return pattern.equals("*")
                || (pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern));
    }

    /** @throws Uncallable where one of a host's addresses is closed, and no network that was opened has it */
    void check(String host, List<InetAddress> addresses) throws Uncallable {
        for (var address : addresses) {
            var closed = ClosedAddresses.kind(address);
            if (closed.isPresent() && opened.stream().noneMatch(network -> network.has(address.getAddress()))) {
                throw new Uncallable("%s is at %s, %s, which may not be called unless sluice.webhooks.networks has it"
                        .formatted(host, address.getHostAddress(), closed.get()));
            }
        }
    }
}
