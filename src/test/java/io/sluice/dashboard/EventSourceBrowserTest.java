package io.sluice.dashboard;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Browser;

import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.BrokenStream;

/** The browser's own {@code EventSource} reads the event stream, as a page of an integrator would. */
@QuarkusTest
class EventSourceBrowserTest extends BrowserTest {
    @Test
    void stream_isResumed() {
        try (BrokenStream stream = new BrokenStream(URI.create(home).getPort());
                DashboardView page = view("http://127.0.0.1:" + stream.port() + "/", new Browser.NewContextOptions())) {
            page.open("problems");
            page.page.evaluate("""
                    (channel) => {
                      window.received = [];
                      const stream = new EventSource(`/api/events?channel=${channel}`);
                      stream.addEventListener('order', (event) => received.push(`${event.lastEventId} ${event.data}`));
                    }
                    """, stream.channel);
            stream.breaksAndIsResumed(() -> received(page));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> received(DashboardView page) {
        return (List<String>) page.page.evaluate("received");
    }
}
