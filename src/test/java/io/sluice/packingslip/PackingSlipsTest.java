package io.sluice.packingslip;

import static io.restassured.RestAssured.given;
import static io.sluice.testing.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testing.Api;
import io.sluice.testing.Partners;
import io.sluice.testing.PdfText;
import io.sluice.testing.SluiceServices;

/** Tests packing slips over HTTP and at the printer. */
@QuarkusTest
@QuarkusTestResource(SluiceServices.class)
class PackingSlipsTest {
    @Inject
    AgroalDataSource database;

    @AfterEach
    void resetPartners() {
        Partners.wellBehaved();
    }

    @Test
    void slipOfAnOrder() {
        String externalId = "T/" + UUID.randomUUID();
        String id = Api.post(order().manual().externalId(externalId));

        byte[] pdf = given().get("/api/orders/" + id + "/packing-slip.pdf")
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .header("Content-Disposition",
                        is("inline; filename=\"packing-slip-webshop-" + externalId.replace('/', '-') + ".pdf\""))
                .extract()
                .asByteArray();
        try (PdfText slip = new PdfText(pdf)) {
            assertThat(slip.pages()).isEqualTo(1);
            assertThat(slip.page(1).replaceAll("\\s", "")).contains("AdaLovelace", "UNITEDKINGDOM", "PUNCH-80",
                    externalId);
            assertThat(slip.qrCode(1)).isEqualTo(id);
        }
    }

    @Test
    void batchSlips_areInSequence_withMarkerSheetsForFailedOrders() {
        List<String> ids = Api.post(5, order().manual());
        Partners.set("printer", Map.of("failureRate", 1));
        String batch = Api.batch(ids).create();
        Api.awaitStatus(ids, "FAILED");
        Partners.wellBehaved();
        List<String> retried = List.of(ids.get(0), ids.get(2), ids.get(4));
        retried.forEach(id -> Api.act(id, "retry").then().statusCode(202));
        Api.awaitStatus(retried, "HANDLED");

        try (PdfText all = slips(batch, "")) {
            assertThat(qrCodes(all)).isEqualTo(ids);
            assertThat(all.page(1)).contains("1/5", "Packing slip").doesNotContain("no slip");
            assertThat(all.page(2)).contains("2/5 – no slip", "Failed", "The printer answered 400");
            assertThat(all.page(5)).contains("5/5", "Packing slip");
        }
        try (PdfText some = slips(batch, "?from=2&to=4")) {
            assertThat(qrCodes(some)).isEqualTo(ids.subList(1, 4));
            assertThat(some.page(1)).contains("2/5");
        }
        reverse(batch);
        try (PdfText reversed = slips(batch, "?from=3")) {
            assertThat(qrCodes(reversed)).containsExactly(ids.get(4), ids.get(3), ids.get(2));
            assertThat(reversed.page(1)).contains("5/5");
        }
    }

    @Test
    void manySlips_comeInOneFile() {
        List<String> ids = Api.post(120, order().manual());
        String batch = Api.batch(ids).create();

        try (PdfText all = slips(batch, "")) {
            assertThat(all.pages()).isEqualTo(120);
            assertThat(IntStream.rangeClosed(1, 120).filter(page -> !all.page(page).contains(page + "/120"))).isEmpty();
        }
        Api.awaitStatus(ids, "HANDLED");
    }

    @Test
    void unknownIdsAndInvalidRanges_areRejected() {
        UUID nobody = UUID.randomUUID();
        given().get("/api/orders/" + nobody + "/packing-slip.pdf")
                .then()
                .statusCode(404)
                .contentType(startsWith("application/problem+json"))
                .body("detail", containsString(nobody.toString()));
        given().get("/api/batches/" + nobody + "/packing-slips.pdf").then().statusCode(404);
        given().get("/api/orders/17/packing-slip.pdf").then().statusCode(404);
        String batch = Api.batch(Api.post(2, order().manual())).create();
        Map.of("from=0", "from", "from=3", "from", "from=2&to=1", "to", "to=x", "to", "to=3", "to")
                .forEach((query, parameter) -> given().get("/api/batches/" + batch + "/packing-slips.pdf?" + query)
                        .then()
                        .statusCode(422)
                        .contentType(startsWith("application/problem+json"))
                        .body("errors[0].parameter", is(parameter)));
    }

    @Test
    void printer_getsTheSlip() {
        List<String> ids = Api.post(2, order().manual());
        String batch = Api.batch(ids).create();
        Api.awaitStatus(ids, "HANDLED");

        String jobId = (String) Partners.printed()
                .stream()
                .filter(job -> ids.get(1).equals(job.get("orderId")))
                .findFirst()
                .orElseThrow()
                .get("jobId");
        try (PdfText slip = new PdfText(Partners.document(jobId))) {
            assertThat(slip.page(1)).contains("2/2", "Ada Lovelace", "PUNCH-80").doesNotContain("out of sequence");
            assertThat(slip.qrCode(1)).isEqualTo(ids.get(1));
        }
        assertThat(Partners.printed()).filteredOn(job -> batch.equals(job.get("batchId")))
                .noneMatch(job -> job.containsKey("outOfSequence"));
    }

    private static PdfText slips(String batch, String query) {
        return new PdfText(given().get("/api/batches/" + batch + "/packing-slips.pdf" + query)
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .header("Content-Disposition", is("inline; filename=\"packing-slips-" + batch + ".pdf\""))
                .extract()
                .asByteArray());
    }

    private static List<String> qrCodes(PdfText pdf) {
        return IntStream.rangeClosed(1, pdf.pages()).mapToObj(pdf::qrCode).toList();
    }

    private void reverse(String batch) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection
                        .prepareStatement("update batch set print_order = 'reversed' where id = ?::uuid")) {
            update.setString(1, batch);
            assertThat(update.executeUpdate()).isEqualTo(1);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
