package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrinterTest extends SimulatorTestBase {

    @Test
    void job_newKey_sheetWithBatchAndPosition() {
        Partners.Answer answer = partners.print("o-1", 3);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("jobId")).isNotBlank();
        Partners.Answer sheets = partners.get("/simulator/printer/jobs");
        assertThat(sheets.body().get(0).fieldNames()).toIterable()
                .containsExactly("orderId", "batchId", "position", "at");
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
}
