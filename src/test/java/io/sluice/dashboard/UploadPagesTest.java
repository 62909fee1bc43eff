package io.sluice.dashboard;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.testing.SluiceServices;

/** Tests the page that imports a file without a browser. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class UploadPagesTest {
    private static final String PREVIEW = "/dashboard/import-file/preview";
    private static final String HEADER = "Order number;Recipient;Street;City;Postal code;Country;Currency;SKU;Title;"
            + "Quantity;Unit price";
    private static final Pattern PIECE = Pattern.compile("name=\"file-piece\" value=\"([^\"]*)\"");

    @TestHTTPResource("/")
    URI base;

    @Inject
    TestOrders orders;

    @BeforeEach
    void emptyTables() {
        orders.clear();
    }

    private static String row(int number, String quantity) {
        return "\nU-" + number + ";Ada <Byron>;12 Duke Street;London;SW1Y 4JH;GB;GBP;MUG;Mug;" + quantity + ";12,50";
    }

    private static String file(int orders, String quantity) {
        return HEADER + IntStream.range(0, orders).mapToObj(i -> row(i, quantity)).collect(Collectors.joining());
    }

    private static RequestSpecification chosen(byte[] file) {
        return given().multiPart("file", "my <orders>.csv", file, "text/csv").multiPart("channel", "shop");
    }

    private static String preview(String file) {
        return chosen(file.getBytes(UTF_8)).post(PREVIEW).then().statusCode(200).extract().asString();
    }

    /** The next form of the page, with the file that the page carries. */
    private static RequestSpecification carried(String page) {
        RequestSpecification form = given().multiPart("name", "my.csv").multiPart("channel", "shop");
        Matcher piece = PIECE.matcher(page);
        while (piece.find()) {
            form.multiPart("file-piece", piece.group(1));
        }
        return form.redirects().follow(false);
    }

    private static String imported(String page) {
        Response answer = carried(page).post("/dashboard/import-file").then().statusCode(303).extract().response();
        return given().cookie(Flash.COOKIE, answer.cookie(Flash.COOKIE)).get(answer.header("Location")).asString();
    }

    private static List<Integer> stored() {
        return given().get("/api/orders").jsonPath().getList("items");
    }

    @Test
    void preview_storesNothing_andItsFormImports() {
        String page = preview(file(3, "2") + row(7, "none"));

        assertThat(page).contains("Preview of my &lt;orders&gt;.csv",
                "4 orders in 4 rows. This is a preview: it has stored nothing.",
                "<b>3 orders</b> are new", "<b>1 order</b> has problems", "data-problem=\"5\"", "data-order=\"U-0\"",
                "Ada &lt;Byron&gt;", "25.00 GBP", "Import 3 orders");
        assertThat(stored()).isEmpty();

        assertThat(imported(page)).contains("3 orders imported. They wait until you press Handle. 1 order had problems"
                + " and was left out.", "Row 5, Quantity: This must be a whole number, such as 2.",
                "data-status=\"RECEIVED\"");
        assertThat(imported(page)).contains("0 orders imported, 3 known already.");
        assertThat(preview(file(3, "2"))).contains("There is nothing to import.", "<b>3 orders</b> were stored before")
                .doesNotContain("data-testid=\"import\"");
        assertThat(stored()).hasSize(3);
    }

    @Test
    void handleAtOnce_handles() {
        String page = chosen(file(1, "1").getBytes(UTF_8)).multiPart("handleAtOnce", "true")
                .post(PREVIEW)
                .asString();
        assertThat(page).contains("Handling starts at once.", "name=\"handleAtOnce\" value=\"true\"");

        carried(page).multiPart("handleAtOnce", "true").post("/dashboard/import-file").then().statusCode(303);
        assertThat(given().get("/api/orders").jsonPath().getString("items[0].handling")).isEqualTo("auto");
    }

    @Test
    void allProblems_canBeDownloaded() {
        String page = preview(file(150, "none"));
        assertThat(page).contains("150 problems", "50 more.", "There is nothing to import.");

        String csv = carried(page).post("/dashboard/import-file/problems")
                .then()
                .statusCode(200)
                .header("Content-Type", containsString("text/csv"))
                .header("Content-Disposition", containsString("attachment"))
                .extract()
                .asString();
        assertThat(csv).startsWith("\uFEFFRow,Column,Problem\r\n2,Quantity,").hasLineCount(151);
    }

    @Test
    void unknownColumns_areNamed_andIgnoredOnlyIfAPersonSaysSo() {
        String page = preview(HEADER + ";Vendor;Strete" + row(1, "1") + ";x;y");
        assertThat(page).contains("The column &#39;Vendor&#39; is not known.", "Did you mean &#39;street&#39;?",
                "Ignore these columns").doesNotContain("data-testid=\"import\"");

        assertThat(carried(page).multiPart("ignoreUnknown", "true").post(PREVIEW).asString())
                .contains("These columns are ignored: <b>Vendor</b>, <b>Strete</b>.", "Import 1 order");
    }

    @Test
    void fileThatCannotBeRead_isExplainedAboveTheForm() {
        assertThat(preview("")).contains("The file is empty.", "data-testid=\"preview\"", "role=\"alert\"");
        assertThat(chosen(new byte[(10 << 20) + 1]).post(PREVIEW).asString())
                .contains("The file has more than 10 MiB. Split it.");
        assertThat(given().multiPart("channel", "shop").post(PREVIEW).asString()).contains("The file is empty.");
    }

    /** Also one that cannot be compressed, so that the page carries it in many fields. */
    @Test
    void largeFile_comesBackAsItWas() {
        String note = new Random(1).ints(7 << 20, 'A', 'z')
                .filter(Character::isLetter)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String page = preview(file(1, "1") + "\n;;;;;;;;" + note);
        assertThat(page).contains("<b>1 order</b> is new", "This is longer than 300 characters.");
        assertThat(PIECE.matcher(page).results().count()).isGreaterThan(5);

        assertThat(imported(page)).contains("1 order imported.");
    }

    @Test
    void pageThatIsDamaged_isRefused() {
        given().multiPart("name", "x").multiPart("file-piece", "H4sI!").post(PREVIEW).then().statusCode(400);
        given().contentType("application/x-www-form-urlencoded").body("a=b").post(PREVIEW).then().statusCode(415);
        given().header("Content-Type", "multipart/form-data")
                .body("nothing".getBytes(UTF_8))
                .post(PREVIEW)
                .then()
                .statusCode(400);
        given().header("Content-Type", "multipart/form-data; boundary=b")
                .body(("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n" + file(1, "1"))
                        .getBytes(UTF_8))
                .post(PREVIEW)
                .then()
                .statusCode(400);
        given().header("Sec-Fetch-Site", "cross-site").multiPart("a", "b").post(PREVIEW).then().statusCode(403);
    }

    @Test
    void endlessUpload_isRefused() throws IOException {
        HttpURLConnection upload = (HttpURLConnection) base.resolve(PREVIEW).toURL().openConnection();
        upload.setDoOutput(true);
        upload.setChunkedStreamingMode(1 << 16);
        upload.setRequestProperty("Content-Type", "multipart/form-data; boundary=b");
        try (var out = upload.getOutputStream()) {
            out.write("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                    .getBytes(US_ASCII));
            for (int i = 0; i < 20; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        assertThat(upload.getResponseCode()).isEqualTo(413);
    }

    @Test
    void uploadsThatBreakOff_holdNothingUp() throws IOException {
        for (int i = 0; i < 10; i++) {
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                socket.setSoLinger(i % 2 == 0, 0);
                socket.getOutputStream()
                        .write(("POST " + PREVIEW + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n"
                                + "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
                                + "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + HEADER)
                                .getBytes(US_ASCII));
            }
        }
        assertThat(preview(file(1, "1"))).contains("Import 1 order");
    }
}
