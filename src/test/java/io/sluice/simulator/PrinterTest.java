package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.sluice.testing.Http;

class PrinterTest extends SimulatorTestBase {

    @Test
    void job_newKey_sheetWithBatchAndPosition() {
        Partners.Answer answer = partners.print("o-1", 3);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("jobId")).isNotBlank();
        Partners.Answer sheets = partners.get("/simulator/printer/jobs");
        assertThat(sheets.body().get(0).fieldNames()).toIterable()
                .containsExactly("orderId", "batchId", "position", "at", "jobId", "printer");
        assertThat(sheets.body().at("/0/batchId").textValue()).isEqualTo("b-1");
        assertThat(sheets.body().at("/0/position").intValue()).isEqualTo(3);
    }

    @Test
    void job_sameKeyTwice_oneSheet() {
        Partners.Answer first = partners.print("o-1", 1);
        Partners.Answer second = partners.print("o-1", 1);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(partners.get("/simulator/printer/jobs").body()).hasSize(1);
        assertThat(partners.get("/printer/jobs?reference=o-1").texts("jobId")).containsExactly(first.text("jobId"));
    }

    @Test
    void job_withoutBatch_nullBatchAndPosition() {
        partners.call("POST", "/printer/jobs", "k", "{\"orderId\": \"o-1\", \"lines\": []}");

        assertThat(partners.get("/simulator/printer/jobs").body().at("/0/batchId").isNull()).isTrue();
        assertThat(partners.get("/simulator/printer/jobs").body().at("/0/position").isNull()).isTrue();
    }

    @Test
    void sheets_jobsOutOfOrder_listedAsTheyCameOut() {
        partners.print("o-2", 2);
        partners.print("o-1", 1);

        assertThat(partners.get("/simulator/printer/jobs").texts("orderId")).containsExactly("o-2", "o-1");
    }

    @Test
    void document_isKeptForALook_andTheSequenceRemembered() {
        String document = Base64.getEncoder().encodeToString("%PDF-1.7 …".getBytes(StandardCharsets.UTF_8));
        String jobId = partners.call("POST", "/printer/jobs", "k",
                "{\"orderId\": \"o-1\", \"outOfSequence\": true, \"document\": \"" + document + "\"}").text("jobId");

        assertThat(Http.get("http://127.0.0.1:" + partners.port() + "/simulator/printer/jobs/" + jobId + "/document")
                .body()).isEqualTo("%PDF-1.7 …");
        assertThat(partners.get("/simulator/printer/jobs").body().at("/0/outOfSequence").booleanValue()).isTrue();
        assertThat(partners.get("/simulator/printer/jobs/job-9/document").status()).isEqualTo(404);
    }

    @Test
    void document_thatIsNoPdf_isRefused() {
        String noPdf = Base64.getEncoder().encodeToString("<html>".getBytes(StandardCharsets.UTF_8));
        for (String document : List.of("\"" + noPdf + "\"", "\"%PDF-\"", "\"\"", "17")) {
            Partners.Answer answer = partners.call("POST", "/printer/jobs", "k",
                    "{\"orderId\": \"o-1\", \"document\": " + document + "}");

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().at("/errors/0/pointer").textValue()).isEqualTo("/document");
        }
        assertThat(partners.get("/simulator/printer/jobs").body()).isEmpty();
    }

    @Test
    void documents_onlyTheLastFewHundredAreKept() {
        String document = Base64.getEncoder().encodeToString("%PDF-1.7".getBytes(StandardCharsets.UTF_8));
        for (int i = 1; i <= 301; i++) {
            partners.call("POST", "/printer/jobs", "k" + i,
                    "{\"orderId\": \"o-1\", \"document\": \"" + document + "\"}");
        }
        assertThat(partners.get("/simulator/printer/jobs/job-1/document").status()).isEqualTo(404);
        assertThat(Http.get("http://127.0.0.1:" + partners.port() + "/simulator/printer/jobs/job-2/document").status())
                .isEqualTo(200);
    }
}
