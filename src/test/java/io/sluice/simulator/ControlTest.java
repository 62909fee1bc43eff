package io.sluice.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest extends SimulatorTestBase {

    private static final String NO_FAULT = "\"fault\":null,\"faultRate\":1.0,\"faultOnLookups\":false,\"faultPrefix\":\"\","
            + "\"retryAfterSeconds\":1}";
    private static final String UNCHANGED = "{\"latencyMs\":0,\"failureRate\":0.0,\"down\":false,"
            + "\"lostResponseRate\":0.0," + NO_FAULT;

    @ParameterizedTest
    @ValueSource(strings = {"carrier", "printer", "marketplace"})
    void settings_patched_onlyNamedMembersOfOnePartnerChange(String partner) {
        Partners.Answer patched = partners.set(partner, "{\"latencyMs\": 20, \"lostResponseRate\": 0.5}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.body()).hasToString(
                "{\"latencyMs\":20,\"failureRate\":0.0,\"down\":false,\"lostResponseRate\":0.5," + NO_FAULT);
        assertThat(partners.get("/simulator/partners/" + partner).body()).isEqualTo(patched.body());
        String other = partner.equals("carrier") ? "printer" : "carrier";
        assertThat(partners.get("/simulator/partners/" + other).body().path("latencyMs").intValue()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"latencyMs\": -1}              | /latencyMs",
            "{\"latencyMs\": 1.5}             | /latencyMs",
            "{\"latencyMs\": \"500\"}         | /latencyMs",
            "{\"latencyMs\": 1e30}            | /latencyMs",
            "{\"failureRate\": 1.01}          | /failureRate",
            "{\"failureRate\": -0.1}          | /failureRate",
            "{\"lostResponseRate\": 2}        | /lostResponseRate",
            "{\"down\": \"true\"}             | /down",
            "{\"down\": null}                 | /down",
            "{\"fault\": \"half_json\"}       | /fault",
            "{\"fault\": \"none\"}            | /fault",
            "{\"fault\": 1}                   | /fault",
            "{\"faultRate\": -1}              | /faultRate",
            "{\"faultRate\": null}            | /faultRate",
            "{\"faultOnLookups\": 1}          | /faultOnLookups",
            "{\"faultPrefix\": 1}             | /faultPrefix",
            "{\"retryAfterSeconds\": -1}      | /retryAfterSeconds",
            "{\"retryAfterSeconds\": 86401}   | /retryAfterSeconds",
            "{\"latency\": 1}                 | /latency",
            "{\"a/b\": 1}                     | /a~1b",
            "{\"down\": true, \"down\": true} | /down",
            "[]                               | ''"})
    void settings_invalidMember_namedAndNothingChanged(String patch, String pointer) {
        Partners.Answer answer = partners.set("carrier", patch);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.texts("pointer")).containsExactly(pointer);
        assertThat(partners.get("/simulator/partners/carrier").body())
                .hasToString(UNCHANGED);
    }

    @Test
    void settings_oneOfTwoInvalid_neitherChanged() {
        assertThat(partners.set("carrier", "{\"latencyMs\": 9, \"failureRate\": 9}").status()).isEqualTo(422);

        assertThat(partners.get("/simulator/partners/carrier").body()).hasToString(UNCHANGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"down\": true", "{} {}", "{} x", "down=true", "{\"failureRate\": NaN}"})
    void settings_malformedJson_badRequest(String patch) {
        Partners.Answer answer = partners.set("carrier", patch);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }

    @Test
    void settings_faultSetAndCleared_shown() {
        String patch = "{\"fault\":\"too-many-requests\",\"faultRate\":0.5,\"faultOnLookups\":true,\"faultPrefix\":\"o-1\","
                + "\"retryAfterSeconds\":30}";

        assertThat(partners.set("printer", patch).body().toString()).endsWith(patch.substring(1));
        assertThat(partners.set("printer", "{\"fault\": null}").body().path("fault").isNull()).isTrue();
    }

    @Test
    void calls_ofAnyOutcome_countedByKeyOrElseByPathAndQuery() {
        partners.createShipment("o-1");
        partners.createShipment("o-1");
        partners.call("POST", "/carrier/shipments", "bad", "{");
        partners.set("carrier", "{\"down\": true}");
        partners.createShipment("o-1");
        partners.get("/carrier/shipments?reference=o-1");

        assertThat(partners.get("/simulator/partners/carrier/calls").body()).hasToString("""
                [{"call":"o-1:create-shipment","count":3,"repeats":1},{"call":"bad","count":1},\
                {"call":"/carrier/shipments?reference=o-1","count":1}]""");
        assertThat(partners.get("/simulator/partners/printer/calls").body()).isEmpty();
        assertThat(partners.get("/simulator/partners/nobody/calls").status()).isEqualTo(404);
    }

    @Test
    void settings_unknownPartner_notFound() {
        assertThat(partners.get("/simulator/partners/nobody").status()).isEqualTo(404);
        assertThat(partners.set("No.Body", "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"GET, /, 404", "GET, /carrier, 404", "DELETE, /carrier/shipments, 405",
            "POST, /simulator/partners/carrier, 405"})
    void call_unknownPathOrMethod_problem(String method, String path, int status) {
        Partners.Answer answer = partners.call(method, path, null, null);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.text("instance")).isEqualTo(path);
    }

    @Test
    void body_over16Mebibytes_contentTooLarge() {
        Partners.Answer answer = partners.set("carrier", " ".repeat(16 * 1024 * 1024) + "{}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }
}
