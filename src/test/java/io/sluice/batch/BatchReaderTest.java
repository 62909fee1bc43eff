package io.sluice.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.sluice.http.ProblemException;
import io.sluice.json.InputError;
import io.sluice.order.FailurePolicy;
import io.sluice.order.OrderStatus;
import io.sluice.order.PrintOrder;
import io.sluice.order.Step;
import io.sluice.store.OrderFilter;

class BatchReaderTest {
    static final UUID ONE = UUID.fromString("0192f0c4-0000-7000-8000-000000000001");
    static final UUID TWO = UUID.fromString("0192f0c4-0000-7000-8000-000000000002");

    private static BatchRequest read(String json) {
        return BatchReader.read(json.replace('\'', '"').getBytes(UTF_8), List.of("printer", "table-2"));
    }

    private static List<InputError> errors(String json) {
        return catchThrowableOfType(ProblemException.class, () -> read(json)).problem().errors();
    }

    @Test
    void ids_keepTheirSequence_andTheRestIsOrdinary() {
        assertThat(read("{'orderIds': ['" + TWO + "', '" + ONE + "']}"))
                .isEqualTo(BatchRequest.ofOrders(List.of(TWO, ONE), PrintOrder.AS_LISTED, FailurePolicy.SKIP));
    }

    @Test
    void filter_withEverything() {
        assertThat(read("""
                {'filter': {'status': ['FAILED', 'RECEIVED'], 'channel': 'webshop', 'q': ' ada '},
                 'printOrder': 'reversed', 'onFailure': 'stop'}"""))
                .isEqualTo(BatchRequest.ofFilter(
                        OrderFilter.of(Set.of(OrderStatus.RECEIVED, OrderStatus.FAILED), "webshop", "ada"),
                        PrintOrder.REVERSED, FailurePolicy.STOP));
    }

    @Test
    void filter_withStepReasonCountryAndTime() {
        assertThat(read("""
                {'filter': {'step': 'create-shipment', 'cause': 'partner-refused', 'country': 'de',
                            'placedFrom': '2026-03-01T00:00:00+01:00', 'placedTo': '2026-03-02T00:00:00Z'}}""")
                .filter())
                .isEqualTo(new OrderFilter(Set.of(), null, null, Step.CREATE_SHIPMENT, "partner-refused", "DE",
                        Instant.parse("2026-02-28T23:00:00Z"), Instant.parse("2026-03-02T00:00:00Z")));
    }

    @Test
    void printer_mustBeOneOfThose() {
        assertThat(read("{'filter': {}, 'printer': 'table-2'}").printer()).isEqualTo("table-2");
        assertThat(read("{'filter': {}, 'printer': null}").printer()).isNull();
        assertThat(errors("{'filter': {}, 'printer': 'dhl'}")).extracting(InputError::pointer, InputError::detail)
                .containsExactly(tuple("/printer", "This must be the name of a printer: printer, table-2."));
    }

    @Test
    void filter_empty_isEveryOrder() {
        assertThat(read("{'filter': {}, 'printOrder': 'any', 'onFailure': null}"))
                .isEqualTo(BatchRequest.ofFilter(OrderFilter.ALL, PrintOrder.ANY, FailurePolicy.SKIP));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "{}                                                     | /orderIds",
            "{'orderIds': null, 'filter': null}                     | /orderIds",
            "{'orderIds': []}                                       | /orderIds",
            "{'orderIds': 'all'}                                    | /orderIds",
            "{'orderIds': ['1-1-1-1-1']}                            | /orderIds/0",
            "{'orderIds': [17]}                                     | /orderIds/0",
            "{'orderIds': ['0192f0c4-0000-7000-8000-000000000001'], 'filter': {}} | /filter",
            "{'filter': []}                                         | /filter",
            "{'filter': {'step': 'walk'}}                           | /filter/step",
            "{'filter': {'step': ' '}}                              | /filter/step",
            "{'filter': {'cause': ''}}                              | /filter/cause",
            "{'filter': {'country': 'Germany'}}                     | /filter/country",
            "{'filter': {'placedFrom': '2026-01-02T00:00:00Z', 'placedTo': '2026-01-01T00:00:00Z'}} | /filter/placedTo",
            "{'filter': {'placedFrom': 'now'}}                      | /filter/placedFrom",
            "{'filter': {'status': 'FAILED'}}                       | /filter/status",
            "{'filter': {'status': []}}                             | /filter/status",
            "{'filter': {'status': ['FAILED', 'failed']}}           | /filter/status/1",
            "{'filter': {'status': [7]}}                            | /filter/status/0",
            "{'filter': {'channel': ' '}}                           | /filter/channel",
            "{'filter': {'q': 'a\\u0000'}}                          | /filter/q",
            "{'filter': {'chanel': 'a'}}                            | /filter/chanel",
            "{'filter': {}, 'printOrder': 'sideways'}               | /printOrder",
            "{'filter': {}, 'onFailure': 3}                         | /onFailure"})
    void whatIsWrong_isPointedAt(String json, String pointer) {
        assertThat(errors(json)).extracting(InputError::pointer).containsExactly(pointer);
    }

    @Test
    void orderListedTwice_isPointedAt() {
        assertThat(errors("{'orderIds': ['" + ONE + "', '" + TWO + "', '" + ONE + "']}"))
                .containsExactly(InputError.at("/orderIds/2", "This order is listed twice."));
    }

    @Test
    void wrongWords_areAnsweredWithTheKnownOnes() {
        assertThat(errors("{'filter': {'status': ['LOST']}, 'printOrder': 'up', 'onFailure': 'cry'}"))
                .extracting(InputError::detail)
                .containsExactly("This must be one of RECEIVED, QUEUED, HANDLING, DELAYED, HANDLED, FAILED, CANCELLED.",
                        "This must be one of as-listed, reversed, any.", "This must be one of skip, wait, stop.");
    }
}
