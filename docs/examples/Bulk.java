import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Sends up to 10,000 orders, one on each line of a file: java Bulk.java orders.ndjson */
class Bulk {
    static final String API = "http://127.0.0.1:8080/api";

    public static void main(String... arguments) throws Exception {
        Path file = Path.of(arguments.length > 0 ? arguments[0] : "orders.ndjson");
        // HttpClient reads no answer while it sends, so a longer file is to be sent in parts.
        HttpResponse<Stream<String>> answers = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(API + "/orders/bulk"))
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofFile(file))
                        .build(),
                BodyHandlers.ofLines());
        answers.body().forEach(System.out::println);
    }
}
