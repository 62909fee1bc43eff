import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists the orders that have changed since the last call, or since a time: java CatchUp.java 2026-01-31T00:00:00Z */
class CatchUp {
    static final String API = "http://127.0.0.1:8080/api";
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static void main(String... arguments) throws Exception {
        String since = arguments.length > 0 ? arguments[0] : "2026-01-31T00:00:00Z";
        Path cursor = Path.of("cursor.txt");
        boolean more = true;
        while (more) {
            String after = Files.exists(cursor) ? "&cursor=" + Files.readString(cursor) : "";
            HttpResponse<String> answer = CLIENT.send(HttpRequest.newBuilder(
                    URI.create(API + "/orders?limit=200&updatedSince=" + since + after)).build(), BodyHandlers.ofString());
            if (answer.statusCode() == 410) {
                Files.delete(cursor); // it is not known any more
                continue;
            }
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            String page = answer.body();
            // Use a JSON library in a program of your own.
            Matcher orders = Pattern.compile("\"id\":\"([^\"]+)\".*?\"status\":\"([A-Z]+)\"").matcher(page);
            while (orders.find()) {
                System.out.println(orders.group(1) + " " + orders.group(2));
            }
            // Only once the page has been worked on.
            Files.writeString(cursor, page.replaceAll("(?s).*\"nextCursor\":\"([^\"]+)\".*", "$1"));
            more = page.contains("\"more\":true");
        }
    }
}
