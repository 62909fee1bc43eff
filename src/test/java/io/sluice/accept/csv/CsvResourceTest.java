package io.sluice.accept.csv;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.sluice.testing.SluiceServices;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Files of orders over the API. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class CsvResourceTest {
    private static final String PATH = "/api/orders/csv";
    private static final String HEADER = "order number,recipient,street,city,postal code,country,currency,sku,title,"
            + "quantity,unit price\n";

    @TestHTTPResource("/")
    URI base;

    @Inject
    Pool pool;

    private final String channel = "csv-" + UUID.randomUUID().toString().substring(0, 8);

    private static String row(int number, String quantity) {
        return "C-" + number + ",Ada Byron,12 Duke Street,London,SW1Y 4JH,GB,GBP,MUG,Mug," + quantity + ",12.50\n";
    }

    private static String file(int orders) {
        return HEADER + IntStream.range(0, orders).mapToObj(i -> row(i, "1")).collect(Collectors.joining());
    }

    private ValidatableResponse post(String handling, byte[] file) {
        return given().contentType("text/csv")
                .queryParam("channel", channel)
                .queryParam("handling", handling)
                .body(file)
                .post(PATH)
                .then();
    }

    private List<JsonPath> send(String handling, String file) {
        return lines(post(handling, file.getBytes(UTF_8)));
    }

    private static List<JsonPath> lines(ValidatableResponse answer) {
        return answer.statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString()
                .lines()
                .map(JsonPath::from)
                .toList();
    }

    private int stored() {
        return pool.preparedQuery("select count(*)::int from orders where channel = $1")
                .execute(Tuple.of(channel))
                .map(rows -> rows.iterator().next().getInteger(0))
                .await()
                .indefinitely();
    }

    @Test
    void keyOfAnotherFile_isRefusedForEveryOrder() {
        String key = "file of " + channel;
        for (int status : List.of(202, 200)) {
            assertThat(keyed(key, file(2))).extracting(line -> line.getInt("status")).containsExactly(status, status);
        }
        assertThat(keyed(key, HEADER + row(8, "1") + row(9, "1"))).extracting(line -> line.getString("problem.type"))
                .containsOnly("urn:sluice:problem:key-reused");
    }

    private List<JsonPath> keyed(String key, String file) {
        return lines(given().header("Idempotency-Key", key)
                .contentType("text/csv")
                .queryParam("channel", channel)
                .body(file.getBytes(UTF_8))
                .post(PATH)
                .then());
    }

    @Test
    void everyOrder_hasItsAnswer_andABadOneSpoilsNoOther() {
        List<JsonPath> answers = send("manual", HEADER + row(1, "1") + row(2, "x") + row(2, "0") + row(3, "2"));

        assertThat(answers).extracting(a -> a.getInt("line") + " " + a.getInt("status"))
                .containsExactly("2 202", "3 422", "5 202");
        assertThat(answers.get(1).getList("problem.errors.detail"))
                .asList()
                .contains("Row 3, quantity: This must be a whole number, such as 2.",
                        "Row 4, quantity: This must be from 1 to 1000000.");
        given().get("/api/orders/" + answers.get(0).getString("id"))
                .then()
                .body("externalId", is("C-1"))
                .body("channel", is(channel))
                .body("status", is("RECEIVED"));
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void fileThatIsSentAgain_makesNoSecondOrders_whateverTheHandling() {
        List<JsonPath> first = send("manual", file(1200));
        List<JsonPath> second = send("auto", file(1300).replace("C-1299", "C-1298"));

        assertThat(first).hasSize(1200).allMatch(answer -> answer.getInt("status") == 202);
        assertThat(second.subList(0, 1200)).allMatch(answer -> answer.getInt("status") == 200);
        assertThat(second.subList(0, 1200).stream().map(a -> a.getString("id")).toList())
                .isEqualTo(first.stream().map(a -> a.getString("id")).toList());
        assertThat(stored()).isEqualTo(1299);
    }

    @Test
    void orderOfOtherContent_isLeftAsItIs() {
        send("manual", HEADER + row(1, "1"));
        List<JsonPath> answers = send("manual", HEADER + row(1, "2") + row(2, "2"));

        assertThat(answers).extracting(a -> a.getInt("status")).containsExactly(409, 202);
        assertThat(answers.get(0).getString("problem.detail")).isEqualTo("Order C-1 was stored before with other"
                + " content. A file does not change stored orders.");
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void fileThatCannotBeRead_storesNothing() {
        String rows = file(2).substring(HEADER.length());
        post("manual", (HEADER.replace("street", "strete").replace("sku", "sku,vendor") + rows).getBytes(UTF_8))
                .statusCode(422)
                .body("errors.detail", hasItems("Row 1, street: The file has no column 'street'.",
                        "Row 1, strete: The column 'strete' is not known. Did you mean 'street'?",
                        "Row 1, vendor: The column 'vendor' is not known."));
        post("manual", file(2).replace("Duke", "Düke").getBytes(ISO_8859_1)).statusCode(400)
                .body("detail", containsString("not text in UTF-8"));
        post("manual", (file(2) + "\"C-9").getBytes(UTF_8)).statusCode(400)
                .body("detail", containsString("Row 4 cannot be read"));
        post("manual", new byte[0]).statusCode(422);
        post("manual", new byte[11 << 20]).statusCode(413);
        post("manual", file(20_001).getBytes(UTF_8)).statusCode(413).body("detail", containsString("20000 rows"));
        assertThat(stored()).isZero();
    }

    @Test
    void parametersThatAreWrong_areNamed() {
        post("now", file(1).getBytes(UTF_8)).statusCode(422).body("errors.parameter", hasItems("handling"));
        given().contentType("text/csv")
                .queryParam("ignoreUnknown", "yes")
                .body(file(1))
                .post(PATH)
                .then()
                .statusCode(422)
                .body("errors", hasSize(1))
                .body("errors[0].parameter", is("ignoreUnknown"));
        post("Ä", file(1).getBytes(UTF_8)).statusCode(422);
        assertThat(stored()).isZero();
    }

    @Test
    void unknownColumns_areIgnoredOnRequest() {
        given().contentType("text/csv")
                .queryParam("channel", channel)
                .queryParam("ignoreUnknown", "true")
                .body(HEADER.strip() + ",vendor\n" + row(1, "1").strip() + ",x\n")
                .post(PATH)
                .then()
                .statusCode(200)
                .body(containsString("\"status\":202"));
    }

    @Test
    void uploadThatBreaksOff_storesNothing() throws IOException {
        byte[] file = file(3000).getBytes(UTF_8);
        for (int i = 0; i < 6; i++) {
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                socket.setSoLinger(i % 2 == 0, 0);
                socket.getOutputStream()
                        .write(("POST " + PATH + "?channel=" + channel + " HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: text/csv\r\nContent-Length: " + file.length + "\r\n\r\n")
                                .getBytes(US_ASCII));
                socket.getOutputStream().write(file, 0, file.length / 2);
            }
        }
        assertThat(send("manual", file(3000))).hasSize(3000).allMatch(answer -> answer.getInt("status") == 202);
    }

    @Test
    void sampleFile_isValid() {
        byte[] sample = given().get("/dashboard/orders.csv").then().statusCode(200).extract().asByteArray();
        post("manual", sample).statusCode(200);
        assertThat(stored()).isEqualTo(2);
    }
}
