package io.sluice.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The address of an endpoint. */
record WebhookUrl(URI uri) {
    /** In characters. */
    static final int MAX_LENGTH = 2000;

    /** @throws IllegalArgumentException with a sentence for whoever sent it, if it is none */
    static WebhookUrl parse(String text) {
        URI uri = read(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("This must be an http or https URL.");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException(text.equals(uri.toASCIIString())
                    ? "This must be a URL with a host name or an address, such as https://shop.example/webhooks."
                    : "This must have a host name in ASCII, as it stands in the DNS: xn--….");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("This must have no user name or password: check the signature instead.");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("This must have no fragment (#): it would not be sent.");
        }
        return new WebhookUrl(uri);
    }

    private static URI read(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException broken) {
            throw new IllegalArgumentException("This is not a URL.");
        }
    }

    boolean secure() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** A name or an address; one of IPv6 without its brackets. */
    String host() {
        return uri.getHost().replaceAll("[\\[\\]]", "");
    }

    int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    /** Path and query. */
    String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Where it is, without the path: that often has a token. */
    String site() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
