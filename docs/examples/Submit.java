import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Submits an order and waits until it has ended: java Submit.java 4711 */
class Submit {
    static final String API = "http://127.0.0.1:8080/api";
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static void main(String... arguments) throws InterruptedException {
        String number = arguments.length > 0 ? arguments[0] : "4711";
        String order = call(request("/orders").header("Content-Type", "application/json")
                .header("Idempotency-Key", "order-" + number)
                .POST(BodyPublishers.ofString("""
                        {
                          "channel": "webshop",
                          "externalId": "%s",
                          "customer": {"name": "Ada Lovelace"},
                          "shipTo": {"name": "Ada Lovelace", "street": "Hauptstr. 1", "city": "Berlin",
                                     "postalCode": "10117", "country": "DE"},
                          "currency": "EUR",
                          "lines": [{"sku": "MUG-350", "title": "Enamel mug", "quantity": 2, "unitPrice": "12.50"}]
                        }
                        """.formatted(number)))).body();
        while (!Set.of("HANDLED", "FAILED", "CANCELLED").contains(field(order, "status"))) {
            // The answer comes when the order has changed, after 30 seconds at the latest.
            HttpResponse<String> changed = call(request("/orders/" + field(order, "id")).header("Prefer", "wait=30")
                    .header("If-None-Match", "W/\"" + field(order, "version") + "\""));
            order = changed.statusCode() == 200 ? changed.body() : order;
        }
        System.out.println(field(order, "id") + " " + field(order, "status"));
    }

    static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(API + path)).timeout(Duration.ofMinutes(1));
    }

    /** The answer. Tries again while the service is unavailable. */
    static HttpResponse<String> call(HttpRequest.Builder request) throws InterruptedException {
        while (true) {
            long wait = 1;
            try {
                HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
                if (answer.statusCode() < 400) {
                    return answer;
                }
                wait = answer.headers().firstValueAsLong("Retry-After").orElseThrow(
                        () -> new IllegalArgumentException(answer.body())); // a problem: says what is wrong
            } catch (IOException noAnswer) {
                // The key makes it safe to send the order again.
            }
            Thread.sleep(wait * 1000);
        }
    }

    /** A field of an order. Use a JSON library in a program of your own. */
    static String field(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        return matcher.find() ? matcher.group(1) : null;
    }
}
