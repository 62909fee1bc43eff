package io.sluice.accept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.sluice.http.Problem;
import io.sluice.http.ProblemException;
import io.sluice.json.InputError;
import io.sluice.order.Address;
import io.sluice.order.Adjustment;
import io.sluice.order.Customer;
import io.sluice.order.Handling;
import io.sluice.order.OrderDraft;

class OrderReaderTest {

    static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");

    static final String ORDER = """
            {"channel": "web.shop-1", "externalId": "WEB-1001", "handling": "manual",
             "placedAt": "2025-02-28T09:30:00.1234567+01:00",
             "customer": {"name": "Ada Lovelace", "email": "ada@example.org"},
             "shipTo": {"name": "Ada Lovelace", "street": "1 St James's Sq", "city": "London",
                        "postalCode": "SW1Y 4JH", "country": "GB"},
             "currency": "EUR",
             "lines": [{"sku": "A-1", "title": "Kettle", "quantity": 2, "unitPrice": "12.5"},
                       {"sku": "B-2", "title": "茶 🍵", "quantity": 1, "unitPrice": "0"}]}""";

    final OrderReader reader = new OrderReader(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void completeOrder() {
        OrderDraft order = read(ORDER);

        assertThat(order.channel()).isEqualTo("web.shop-1");
        assertThat(order.externalId()).isEqualTo("WEB-1001");
        assertThat(order.handling()).isEqualTo(Handling.MANUAL);
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2025-02-28T08:30:00.123456Z"));
        assertThat(order.customer().email()).isEqualTo("ada@example.org");
        assertThat(order.shipTo().postalCode()).isEqualTo("SW1Y 4JH");
        assertThat(order.lines().get(0).unitPrice()).isEqualTo(new BigDecimal("12.50"));
        assertThat(order.lines().get(1).title()).isEqualTo("茶 🍵");
        assertThat(order.total()).isEqualTo("25.00");
    }

    @Test
    void optionalFieldsAbsentOrNull() {
        String bare = ORDER
                .replace("\"channel\": \"web.shop-1\", \"externalId\": \"WEB-1001\", \"handling\": \"manual\",", "")
                .replace("\"placedAt\": \"2025-02-28T09:30:00.1234567+01:00\",", "\"placedAt\": null,")
                .replace(", \"email\": \"ada@example.org\"", "");

        OrderDraft order = read(bare);

        assertThat(order.channel()).isEqualTo("api");
        assertThat(order.externalId()).isNull();
        assertThat(order.handling()).isEqualTo(Handling.AUTO);
        assertThat(order.placedAt()).isNull();
        assertThat(order.customer().email()).isNull();
    }

    @Test
    void partOfALongerBuffer() {
        byte[] stream = ("{}\n" + ORDER.replace("\n", "") + "\nnonsense").getBytes(UTF_8);

        assertThat(reader.read(stream, 3, ORDER.replace("\n", "").getBytes(UTF_8).length)).isEqualTo(read(ORDER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "{", "{\"a\": }", "nonsense", "{} {}", "{}]", "{'a': 1}", "[1,]", "{\"a\": 01}",
            "{\"a\": NaN}", "{\"a\": \"\n\"}", "// no\n{}"})
    void malformed_400(String json) {
        assertThat(problem(json).status()).isEqualTo(400);
    }

    @Test
    void notUtf8_400() {
        var e = catchThrowableOfType(ProblemException.class,
                () -> reader.read(ORDER.getBytes(java.nio.charset.StandardCharsets.UTF_16)));
        assertThat(e.problem().status()).isEqualTo(400);
        byte[] latin1 = ORDER.replace("Kettle", "Kännchen").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        e = catchThrowableOfType(ProblemException.class, () -> reader.read(latin1));
        assertThat(e.problem().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1", "\"order\"", "true"})
    void notAnObject_422(String json) {
        assertThat(problem(json).status()).isEqualTo(422);
        assertThat(errors(json)).containsExactly("");
    }

    @Test
    void nothingGiven_everyRequiredFieldIsNamed() {
        assertThat(errors("{}")).containsExactly("/customer", "/shipTo", "/currency", "/lines");
        assertThat(errors("{\"customer\": {}, \"shipTo\": {}, \"currency\": null, \"lines\": [{}]}")).containsExactly(
                "/customer/name", "/shipTo/name", "/shipTo/street", "/shipTo/country", "/shipTo/city",
                "/currency", "/lines/0/sku", "/lines/0/title", "/lines/0/quantity",
                "/lines/0/unitPrice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            // replaced                    | by                                          | pointer
            "\"quantity\": 2               | \"quantity\": 1.9                           | /lines/0/quantity",
            "\"quantity\": 2               | \"quantity\": \"1\"                         | /lines/0/quantity",
            "\"quantity\": 2               | \"quantity\": 0                             | /lines/0/quantity",
            "\"quantity\": 2               | \"quantity\": -1                            | /lines/0/quantity",
            "\"quantity\": 2               | \"quantity\": 1000001                       | /lines/0/quantity",
            "\"quantity\": 2               | \"quantity\": 4294967297                    | /lines/0/quantity",
            "\"quantity\": 2               | \"quantity\": 99999999999999999999999       | /lines/0/quantity",
            "\"quantity\": 2               | \"quantity\": true                          | /lines/0/quantity",
            "\"quantity\": 2               | \"quantity\": 2, \"quantity\": 3            | /lines/0/quantity",
            "\"quantity\": 2               | \"quantitiy\": 2, \"quantity\": 2           | /lines/0/quantitiy",
            "\"12.5\"                      | 12.5                                        | /lines/0/unitPrice",
            "\"12.5\"                      | \"12.505\"                                  | /lines/0/unitPrice",
            "\"12.5\"                      | \"12.500\"                                  | /lines/0/unitPrice",
            "\"12.5\"                      | \"-1\"                                      | /lines/0/unitPrice",
            "\"12.5\"                      | \"+1\"                                      | /lines/0/unitPrice",
            "\"12.5\"                      | \"1e2\"                                     | /lines/0/unitPrice",
            "\"12.5\"                      | \"1,50\"                                    | /lines/0/unitPrice",
            "\"12.5\"                      | \"12.\"                                     | /lines/0/unitPrice",
            "\"12.5\"                      | \".5\"                                      | /lines/0/unitPrice",
            "\"12.5\"                      | \"012.5\"                                   | /lines/0/unitPrice",
            "\"12.5\"                      | \" 12.5\"                                   | /lines/0/unitPrice",
            "\"12.5\"                      | \"١٢\"                                      | /lines/0/unitPrice",
            "\"12.5\"                      | \"1234567890123\"                           | /lines/0/unitPrice",
            "\"12.5\"                      | \"\"                                        | /lines/0/unitPrice",
            "\"Kettle\"                    | \"   \"                                     | /lines/0/title",
            "\"Kettle\"                    | \"a\\u0000b\"                               | /lines/0/title",
            "\"Kettle\"                    | \"\\ud83c\"                                 | /lines/0/title",
            "\"Kettle\"                    | \"\\udf75\\ud83c\"                          | /lines/0/title",
            "\"Kettle\"                    | 7                                           | /lines/0/title",
            "\"B-2\"                       | null                                        | /lines/1/sku",
            "\"GB\"                        | \"gb\"                                      | /shipTo/country",
            "\"GB\"                        | \"GBR\"                                     | /shipTo/country",
            "\"GB\"                        | \"XX\"                                      | /shipTo/country",
            "\"EUR\"                       | \"eur\"                                     | /currency",
            "\"EUR\"                       | \"EURO\"                                    | /currency",
            "\"EUR\"                       | \"XXX\"                                     | /currency",
            "\"EUR\"                       | 978                                         | /currency",
            "\"EUR\"                       | \"JPY\"                                     | /lines/0/unitPrice",
            "\"web.shop-1\"                | \"a b\"                                     | /channel",
            "\"manual\"                    | \"MANUAL\"                                  | /handling",
            "\"ada@example.org\"           | \"ada\"                                     | /customer/email",
            "\"ada@example.org\"           | \"a@b@example.org\"                         | /customer/email",
            "\"ada@example.org\"           | \"a da@example.org\"                        | /customer/email",
            "\"currency\"                  | \"id\": \"1\", \"currency\"                 | /id",
            "\"currency\"                  | \"total\": \"25.01\", \"currency\"          | /total",
            "\"currency\"                  | \"total\": \"25.001\", \"currency\"         | /total",
            "\"currency\"                  | \"total\": 25.00, \"currency\"              | /total",
            "\"currency\"                  | \"note\": \"a\\u0007b\", \"currency\"       | /note",
            "\"currency\"                  | \"note\": [], \"currency\"                 | /note",
            "\"currency\"                  | \"metadata\": \"x\", \"currency\"            | /metadata",
            "\"currency\"                  | \"metadata\": [1], \"currency\"            | /metadata",
            "\"currency\"                  | \"metadata\": {\"a/b\": 1}, \"currency\"    | /metadata/a~1b",
            "\"currency\"                  | \"metadata\": {\"a\": {}}, \"currency\"     | /metadata/a",
            "\"currency\"                  | \"metadata\": {\"a\": \"\\u0000\"}, \"currency\" | /metadata/a",
            "\"currency\"                  | \"metadata\": {\" \": \"x\"}, \"currency\"   | /metadata",
            "\"currency\"                  | \"adjustments\": {}, \"currency\"          | /adjustments",
            "\"currency\"                  | \"adjustments\": [{\"label\": \"\", \"amount\": \"1\"}], \"currency\" | /adjustments/0/label",
            "\"currency\"                  | \"adjustments\": [{\"label\": \"a\"}], \"currency\" | /adjustments/0/amount",
            "\"currency\"                  | \"adjustments\": [{\"label\": \"a\", \"amount\": 4.9}], \"currency\" | /adjustments/0/amount",
            "\"currency\"                  | \"adjustments\": [{\"label\": \"a\", \"amount\": \"+1\"}], \"currency\" | /adjustments/0/amount",
            "\"currency\"                  | \"adjustments\": [{\"label\": \"a\", \"amount\": \"--1\"}], \"currency\" | /adjustments/0/amount",
            "\"currency\"                  | \"adjustments\": [{\"label\": \"a\", \"amount\": \"-\"}], \"currency\" | /adjustments/0/amount",
            "\"currency\"                  | \"adjustments\": [{\"label\": \"a\", \"amount\": \"1.001\"}], \"currency\" | /adjustments/0/amount",
            "\"currency\"                  | \"adjustments\": [{\"label\": \"a\", \"amount\": \"-25.01\"}], \"currency\" | /adjustments",
            "\"SW1Y 4JH\"                  | \"\"                                        | /shipTo/postalCode",
            "\"SW1Y 4JH\"                  | null                                        | /shipTo/postalCode",
            "\"GB\"                        | \"GB\", \"fax\": \"1\"                       | /shipTo/fax",
            "\"Kettle\"                    | \"Kettle\", \"colour\": \"red\"               | /lines/0/colour",
            "\"currency\"                  | \"adjustments\": [{\"label\": \"a\", \"amount\": \"1\", \"tax\": \"1\"}], \"currency\" | /adjustments/0/tax",
            "\"London\"                    | \" \"                                       | /shipTo/city",
            "\"1 St James's Sq\"           | \"\\n\"                                     | /shipTo/street",
            "\"1 St James's Sq\"           | \"a\\nb\\nc\\nd\\ne\"                       | /shipTo/street",
            "\"currency\"                  | \"a/b~c\": 1, \"currency\"                  | /a~1b~0c",
            "\"currency\"                  | \"lines\": [], \"currency\"                 | /lines",
            "\"2025-02-28T09:30:00.1234567+01:00\" | \"2025-02-28\"                      | /placedAt",
            "\"2025-02-28T09:30:00.1234567+01:00\" | \"2025-02-28T09:30:00\"             | /placedAt",
            "\"2025-02-28T09:30:00.1234567+01:00\" | \"2025-02-28T09:30+01:00\"          | /placedAt",
            "\"2025-02-28T09:30:00.1234567+01:00\" | \"2025-02-28T09:30:00+01:00:30\"    | /placedAt",
            "\"2025-02-28T09:30:00.1234567+01:00\" | \"2025-02-30T09:30:00Z\"            | /placedAt",
            "\"2025-02-28T09:30:00.1234567+01:00\" | \"+12025-02-28T09:30:00Z\"          | /placedAt",
            "\"2025-02-28T09:30:00.1234567+01:00\" | \"1999-12-31T23:59:59Z\"            | /placedAt",
            "\"2025-02-28T09:30:00.1234567+01:00\" | \"2025-03-02T12:00:01Z\"            | /placedAt",
            "\"2025-02-28T09:30:00.1234567+01:00\" | 1740731400                          | /placedAt",})
    void oneFault_422(String replaced, String by, String pointer) {
        String json = ORDER.replace(replaced, by);

        assertThat(json).isNotEqualTo(ORDER);
        assertThat(problem(json).status()).isEqualTo(422);
        assertThat(errors(json)).containsExactly(pointer);
    }

    @Test
    void wrongTypesOfContainers_422() {
        assertThat(errors("{\"customer\": \"Ada\", \"shipTo\": [], \"currency\": \"EUR\", \"lines\": {}}"))
                .containsExactly("/customer", "/shipTo", "/lines");
        assertThat(errors(withLines("[]"))).containsExactly("/lines");
        assertThat(errors(withLines("[1, null]"))).containsExactly("/lines/0", "/lines/1");
    }

    @Test
    void severalFaults_areAllReported() {
        String json = ORDER.replace("\"EUR\"", "\"euro\"")
                .replace("\"GB\"", "\"UK\"")
                .replace("\"quantity\": 2", "\"quantity\": 0")
                .replace("\"12.5\"", "\"x\"");

        assertThat(errors(json)).containsExactly("/shipTo/country", "/currency", "/lines/0/quantity",
                "/lines/0/unitPrice");
        assertThat(problem(json).detail()).isEqualTo("There are 4 errors.");
    }

    @Test
    void lengthsCountCharacters() {
        assertThat(read(withTitle("🍵".repeat(OrderLimits.TITLE))).lines().get(0).title())
                .hasSize(2 * OrderLimits.TITLE);
        assertThat(errors(withTitle("x".repeat(OrderLimits.TITLE + 1)))).containsExactly("/lines/0/title");
    }

    @Test
    void upToTenThousandLines_andTheirItemsFitAnInt() {
        assertThat(read(withLines(lines(10_000, 214_748))).itemCount()).isEqualTo(2_147_480_000);
        assertThat(errors(withLines(lines(10_001, 1)))).containsExactly("/lines");
        assertThat(errors(withLines(lines(10_000, 214_749)))).containsExactly("/lines");
        assertThat(problem(withLines(lines(10_000, 1_000_000))).detail()).contains("10000000000");
    }

    @Test
    void hundredErrorsAreListed_theRestCounted() {
        List<InputError> errors = problem(withLines(lines(500, 0))).errors();

        assertThat(errors).hasSize(101);
        assertThat(errors.get(100).detail()).contains("400 further");
    }

    @Test
    void decimalsFollowTheCurrency() {
        assertThat(read(ORDER.replace("\"EUR\"", "\"KWD\"").replace("12.5", "12.505")).total()).isEqualTo("25.010");
        assertThat(read(ORDER.replace("\"EUR\"", "\"JPY\"").replace("12.5", "1250")).total()).isEqualTo("2500");
        assertThat(problem(ORDER.replace("12.5", "12.505")).detail()).isEqualTo("EUR has 2 decimals, not 3.");
    }

    @Test
    void currenciesThatShopsStillWriteWithTwoDecimals_mayHaveTwoZeros() {
        for (String currency : List.of("ISK", "CLP", "UGX")) {
            String order = ORDER.replace("\"EUR\"", "\"" + currency + "\"");
            assertThat(read(order.replace("12.5", "1990.00")).total()).isEqualTo("3980");
            assertThat(problem(order.replace("12.5", "1990.50")).detail())
                    .isEqualTo(currency + " has 0 decimals, not 2.");
            assertThat(problem(order.replace("12.5", "1990.0")).detail()).endsWith("not 1.");
        }
        assertThat(problem(ORDER.replace("\"EUR\"", "\"JPY\"").replace("12.5", "1.00")).detail())
                .isEqualTo("JPY has 0 decimals, not 2.");
    }

    @Test
    void unknownFieldIsExplained() {
        assertThat(problem(ORDER.replace("\"externalId\"", "\"externalID\"")).detail())
                .isEqualTo("The field 'externalID' is not known. Did you mean 'externalId'?");
        assertThat(problem(ORDER.replace("\"channel\"", "\"status\"")).detail())
                .isEqualTo("The field 'status' is set by Sluice and cannot be sent.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\t", "\\u00a0", "\\u3000 \\ufeff"})
    void blankIsAbsent(String blank) {
        String json = ORDER.replace("web.shop-1", blank)
                .replace("WEB-1001", blank)
                .replace("manual", blank)
                .replace("2025-02-28T09:30:00.1234567+01:00", blank)
                .replace("ada@example.org", blank)
                .replace("\"country\"",
                        """
                                "company": "%s", "district": "%s", "state": "%s", "phone": "%s", "country\""""
                                .formatted(blank, blank, blank, blank))
                .replace("\"currency\"",
                        "\"note\": \"%s\", \"adjustments\": \"%s\", \"metadata\": \"%s\", \"total\": \"%s\", \"currency\""
                                .formatted(blank, blank, blank, blank));

        OrderDraft order = read(json);

        assertThat(order).isEqualTo(new OrderDraft("api", null, Handling.AUTO, null,
                new Customer("Ada Lovelace", null), order.shipTo(), order.currency(), order.lines()));
        assertThat(order.shipTo())
                .isEqualTo(new Address("Ada Lovelace", "1 St James's Sq", "London", "SW1Y 4JH", "GB"));
    }

    @Test
    void emptyMapOfPhp_isAbsent() {
        assertThat(read(with("\"metadata\": [], \"adjustments\": []")).metadata()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "  ", "\\t", "\\u00a0", "\\u2003", "\\u3000", "\\u200b", "\\ufeff", "\\r\\n"})
    void outerBlanksAreDropped(String blank) {
        String json = ORDER;
        for (String value : List.of("web.shop-1", "WEB-1001", "manual", "2025-02-28T09:30:00.1234567+01:00",
                "Ada Lovelace", "ada@example.org", "1 St James's Sq", "London", "SW1Y 4JH", "GB", "EUR", "A-1",
                "Kettle",
                "茶 🍵")) {
            json = json.replace("\"" + value + "\"", "\"" + blank + value + blank + "\"");
        }

        assertThat(read(json)).isEqualTo(read(ORDER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\t", "\\n", "\\r\\n", "\\u000b", "\\u2028", "\\u0085"})
    void tabsAndLineBreaksInOneLineAreBlanks(String blank) {
        assertThat(read(withTitle("Tea" + blank + "kettle")).lines().get(0).title()).isEqualTo("Tea kettle");
        assertThat(read(ORDER.replace("Lovelace", blank + "Lovelace"))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r\\n", "\\r", "\\u000b", "\\u2028", "\\n\\n", " \\n\\t"})
    void streetHasUpToFourLines(String lineBreak) {
        assertThat(
                read(ORDER.replace("1 St James's Sq", String.join(lineBreak, "Flat 3", "The Mews", "1 St James's Sq")))
                        .shipTo()
                        .street())
                .isEqualTo("Flat 3\nThe Mews\n1 St James's Sq");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "2.000", "2e0", "0.2e1", "20e-1"})
    void wholeQuantities(String two) {
        assertThat(read(ORDER.replace("\"quantity\": 2", "\"quantity\": " + two))).isEqualTo(read(ORDER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1", "2e-1", "1e999", "1e-999", "2e6", "0.0", "-2.0", "1e999999999", "-1e999999999"})
    void quantitiesThatAreNotWhole_orOutOfRange_422(String quantity) {
        assertThat(errors(ORDER.replace("\"quantity\": 2", "\"quantity\": " + quantity)))
                .containsExactly("/lines/0/quantity");
    }

    @Test
    void byteOrderMarkIsIgnored() {
        assertThat(read("\ufeff" + ORDER)).isEqualTo(read(ORDER));
        byte[] stream = ("{}\n\ufeff" + ORDER.replace("\n", "")).getBytes(UTF_8);
        assertThat(reader.read(stream, 3, stream.length - 3)).isEqualTo(read(ORDER));
        assertThat(problem("\ufeff").status()).isEqualTo(400);
        assertThat(problem("\ufeff\ufeff{}").status()).isEqualTo(400);
    }

    @Test
    void channelsInAnyCase() {
        assertThat(read(ORDER.replace("web.shop-1", "Web.SHOP-1"))).isEqualTo(read(ORDER));
        assertThat(read(ORDER.replace("web.shop-1", "TITI")).channel()).isEqualTo("titi");
    }

    @ParameterizedTest
    @CsvSource({"2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z", "2017-01-01T00:59:60+01:00, 2016-12-31T23:59:59Z",
            "2015-06-30T23:59:60.5Z, 2015-06-30T23:59:59.5Z", "2016-12-31T18:29:60-05:30, 2016-12-31T23:59:59Z",
            "2025-03-02T12:00:00Z, 2025-03-02T12:00:00Z", "2025-01-31t09:30:00z, 2025-01-31T09:30:00Z",
            "2025-01-31T09:30:00-00:00, 2025-01-31T09:30:00Z",
            "2025-01-31T09:30:00.123456789012345Z, 2025-01-31T09:30:00.123456Z"})
    void placedAt(String text, String instant) {
        assertThat(read(ORDER.replace("2025-02-28T09:30:00.1234567+01:00", text)).placedAt()).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2016-12-30T23:59:60Z", "2016-12-31T23:58:60Z", "2016-12-31T23:59:61Z",
            "2016-12-31T22:59:60Z"})
    void noLeapSecond_422(String text) {
        assertThat(errors(ORDER.replace("2025-02-28T09:30:00.1234567+01:00", text))).containsExactly("/placedAt");
    }

    @Test
    void fullAddress() {
        Address address = read(ORDER.replace("\"country\"",
                "\"company\": \"Engines\", \"district\": \"Mayfair\", \"state\": \"Kent\", \"phone\": \"+44 20\", \"country\""))
                .shipTo();

        assertThat(address).isEqualTo(new Address("Ada Lovelace", "Engines", "1 St James's Sq", "Mayfair", "London",
                "Kent", "SW1Y 4JH", "GB", "+44 20"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HK", "AE", "QA", "PA", "IE", "XK", "TH", "MO", "JM", "GH"})
    void notEveryAddressHasAPostalCode(String country) {
        assertThat(read(ORDER.replace("\"SW1Y 4JH\"", "\"\"").replace("\"GB\"", "\"" + country + "\"")).shipTo()
                .postalCode())
                .isNull();
    }

    @Test
    void adjustments_areParts_ofTheTotal() {
        OrderDraft order = read(
                with("""
                        "adjustments": [{"label": " Shipping\\tDHL ", "amount": "4.9"}, {"label": "Voucher",
                            "amount": "-5.00"}],
                        "total": "24.90\""""));

        assertThat(order.adjustments()).containsExactly(new Adjustment("Shipping DHL", new BigDecimal("4.90")),
                new Adjustment("Voucher", new BigDecimal("-5.00")));
        assertThat(order.total()).isEqualTo("24.90");
    }

    @Test
    void wrongSum_isTold() {
        String adjusted = with("\"adjustments\": [{\"label\": \"Shipping\", \"amount\": \"4.90\"}], \"total\": \"25\"");
        assertThat(problem(adjusted).detail())
                .isEqualTo("The lines and adjustments add up to 29.90 EUR, not to 25.");
        assertThat(problem(with("\"adjustments\": [{\"label\": \"Voucher\", \"amount\": \"-30\"}]")).detail())
                .isEqualTo("The lines and adjustments add up to -5.00 EUR. A total must not be negative.");
        assertThat(read(with("\"adjustments\": [{\"label\": \"Voucher\", \"amount\": \"-25\"}]")).total())
                .isEqualTo("0.00");
    }

    @Test
    void upToTwentyAdjustments() {
        String one = "{\"label\": \"Tax\", \"amount\": \"0.01\"}";
        assertThat(read(with("\"adjustments\": [" + (one + ",").repeat(19) + one + "]")).total()).isEqualTo("25.20");
        assertThat(errors(with("\"adjustments\": [" + (one + ",").repeat(20) + one + "]")))
                .containsExactly("/adjustments");
    }

    @Test
    void noteKeepsItsLines() {
        assertThat(read(with("\"note\": \" Happy birthday!\\r\\n\\r\\nGranny\\t \"")).note())
                .isEqualTo("Happy birthday!\n\nGranny");
        assertThat(read(with("\"note\": \"" + "🍵".repeat(2000) + "\"")).note()).hasSize(4000);
        assertThat(errors(with("\"note\": \"" + "x".repeat(2001) + "\""))).containsExactly("/note");
    }

    @Test
    void metadataIsKeptAsSent() {
        assertThat(read(with("\"metadata\": {\"b\": \" x\\t\\n\", \"a.b/c~\": \"\", \"none\": null}")).metadata())
                .containsExactly(Map.entry("a.b/c~", ""), Map.entry("b", " x\t\n"));
        String fifty = IntStream.range(0, 50).mapToObj(i -> "\"k" + i + "\": \"v\"").collect(Collectors.joining(","));
        assertThat(read(with("\"metadata\": {" + fifty + "}")).metadata()).hasSize(50);
        assertThat(errors(with("\"metadata\": {" + fifty + ", \"k50\": \"v\"}"))).containsExactly("/metadata");
    }

    @Test
    void missingPart_isExplained() {
        assertThat(problem(ORDER.replace("\"SW1Y 4JH\"", "\"\"")).detail())
                .isEqualTo("This is required for addresses in GB.");
    }

    @Test
    void priceAsANumber_isExplained() {
        assertThat(problem(ORDER.replace("\"12.5\"", "12.5")).detail())
                .isEqualTo(
                        "This must be a string such as \"12.50\", not a number: a number may have lost its decimals.");
    }

    @Test
    void deepNesting_422() {
        assertThat(problem("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}").status()).isEqualTo(422);
    }

    @Test
    void problemNeverRepeatsPersonalData() {
        String json = ORDER.replace("ada@example.org", "ada.example.org").replace("Ada Lovelace", "Ada\\u0007Lovelace");

        assertThat(new String(problem(json).toJson(), UTF_8)).doesNotContain("ada.", "Lovelace");
    }

    static String lines(int count, int quantity) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"sku\":\"S\",\"title\":\"T\",\"quantity\":" + quantity + ",\"unitPrice\":\"1\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    static String withLines(String lines) {
        return ORDER.substring(0, ORDER.indexOf("\"lines\"")) + "\"lines\":" + lines + "}";
    }

    /** With further fields. */
    static String with(String fields) {
        return ORDER.replace("\"currency\"", fields + ", \"currency\"");
    }

    static String withTitle(String title) {
        return ORDER.replace("Kettle", title);
    }

    OrderDraft read(String json) {
        return reader.read(json.getBytes(UTF_8));
    }

    Problem problem(String json) {
        return catchThrowableOfType(ProblemException.class, () -> read(json)).problem();
    }

    List<String> errors(String json) {
        return problem(json).errors().stream().map(InputError::pointer).toList();
    }
}
