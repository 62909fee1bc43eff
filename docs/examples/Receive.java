import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receives webhooks: SLUICE_WEBHOOK_SECRET=whsec_… java Receive.java 3000 */
class Receive {
    static final byte[] KEY = Base64.getDecoder().decode(System.getenv("SLUICE_WEBHOOK_SECRET").replace("whsec_", ""));

    public static void main(String... arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3000;
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", Receive::receive);
        server.start();
    }

    static void receive(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean genuine = isGenuine(headers, body);
        if (genuine) {
            System.out.println(headers.getFirst("webhook-id") + " " + body);
        }
        exchange.sendResponseHeaders(genuine ? 204 : 400, -1); // do what takes long after the answer
        exchange.close();
    }

    static boolean isGenuine(Headers headers, String body) {
        try {
            String id = headers.getFirst("webhook-id");
            long timestamp = Long.parseLong(headers.getFirst("webhook-timestamp"));
            if (Math.abs(Instant.now().getEpochSecond() - timestamp) > 300) {
                return false; // an old message, sent again by a third party
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            byte[] signature = mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8));
            byte[] expected = ("v1," + Base64.getEncoder().encodeToString(signature)).getBytes(UTF_8);
            return Arrays.stream(headers.getFirst("webhook-signature").split(" "))
                    .anyMatch(given -> MessageDigest.isEqual(given.getBytes(UTF_8), expected));
        } catch (GeneralSecurityException | RuntimeException notSigned) {
            return false;
        }
    }
}
