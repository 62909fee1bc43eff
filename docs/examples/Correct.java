import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Corrects the postal code of an order that no one else has changed meanwhile: java Correct.java 0192e6ba-… 10119 */
class Correct {
    static final String API = "http://127.0.0.1:8080/api";
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static void main(String... arguments) throws Exception {
        URI order = URI.create(API + "/orders/" + arguments[0]);
        String correction = "{\"shipTo\": {\"postalCode\": \"" + arguments[1] + "\"}}";
        HttpResponse<String> answer;
        do {
            HttpResponse<String> read = CLIENT.send(HttpRequest.newBuilder(order).build(), BodyHandlers.ofString());
            String etag = read.headers().firstValue("ETag").orElseThrow(() -> new IllegalArgumentException(read.body()));
            answer = CLIENT.send(HttpRequest.newBuilder(order)
                    .header("Content-Type", "application/merge-patch+json")
                    .header("If-Match", etag)
                    .method("PATCH", BodyPublishers.ofString(correction))
                    .build(), BodyHandlers.ofString());
        } while (answer.statusCode() == 412); // it has changed: read it again
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        System.out.println(answer.body());
    }
}
