import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;

/** Follows the orders of a channel, and goes on after the last event when the connection breaks: java Follow.java webshop */
class Follow {
    static final String API = "http://127.0.0.1:8080/api";

    static String lastId;

    public static void main(String... arguments) throws InterruptedException {
        String channel = arguments.length > 0 ? arguments[0] : "webshop";
        HttpClient client = HttpClient.newHttpClient();
        while (true) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(API + "/events?channel=" + channel));
            if (lastId != null) {
                request.header("Last-Event-ID", lastId);
            }
            try {
                read(client.send(request.build(), BodyHandlers.ofLines()).body().iterator());
            } catch (IOException | UncheckedIOException broken) {
                System.err.println(broken.getMessage());
            }
            Thread.sleep(1000);
        }
    }

    static void read(Iterator<String> lines) {
        String id = null;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.equals("event: resync")) {
                System.out.println("Events may have been missed: read the orders again.");
            } else if (line.startsWith("data: ")) {
                System.out.println(id + " " + line.substring(6));
            } else if (line.isEmpty() && id != null) {
                lastId = id; // the end of an event, which is done now
            }
        }
    }
}
