package io.sluice.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.sluice.http.JsonBody;
import io.sluice.http.Problem;
import io.sluice.http.ProblemException;
import io.sluice.testing.OrderMessages;

class CloudEventReaderTest {
    private static final String ORDER = "{\"channel\":\"webshop\"}";

    private static Message event() {
        return OrderMessages.event("e-1", ORDER);
    }

    private static Map<String, Object> properties(Message message) {
        return message.getApplicationProperties().getValue();
    }

    private static Message structured(String json) {
        Message message = Message.Factory.create();
        message.setContentType("application/cloudevents+json; charset=UTF-8");
        message.setBody(OrderMessages.data(json));
        return message;
    }

    private static String envelope(String data) {
        return "{\"specversion\":\"1.0\",\"type\":\"%s\",\"source\":\"%s\",\"id\":\"e-1\"%s}"
                .formatted(OrderMessages.TYPE, OrderMessages.SOURCE, data);
    }

    private static void assertRead(Message message) {
        CloudEvent event = CloudEventReader.read(message);
        assertThat(event.source()).isEqualTo(OrderMessages.SOURCE);
        assertThat(event.id()).isEqualTo("e-1");
        String channel = JsonBody.read(event.data(), order -> order.text("channel", 40));
        assertThat(channel).isEqualTo("webshop");
    }

    private static Problem refused(Message message) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> CloudEventReader.read(message));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal.problem();
    }

    @Test
    void binaryMode() {
        assertRead(event());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.shop.order+json",
            ""})
    void binaryMode_mediaTypesOfJson(String type) {
        Message message = event();
        message.setContentType(type);
        assertRead(message);
    }

    /** JMS has no colon in names, sends texts as values, and cannot say what they are. */
    @Test
    void binaryMode_asJmsSendsIt() {
        Message message = event();
        Map<String, Object> properties = properties(message);
        List.copyOf(properties.keySet())
                .forEach(name -> properties.put(name.replace(':', '_'), properties.remove(name)));
        message.setContentType(null);
        message.setBody(new AmqpValue(ORDER));
        assertRead(message);
    }

    @Test
    void binaryMode_valueMayBeBinary() {
        Message message = event();
        message.setBody(new AmqpValue(new Binary(ORDER.getBytes(StandardCharsets.UTF_8))));
        assertRead(message);
    }

    @Test
    void binaryMode_partOfAnArray() {
        byte[] bytes = ("x" + ORDER + "x").getBytes(StandardCharsets.UTF_8);
        Message message = event();
        message.setBody(new Data(new Binary(bytes, 1, bytes.length - 2)));
        assertRead(message);
    }

    @Test
    void structuredMode() {
        assertRead(structured(envelope(",\"subject\":\"x\",\"data\":" + ORDER)));
    }

    @Test
    void structuredMode_dataInBase64() {
        assertRead(structured(envelope(",\"data_base64\":\"eyJjaGFubmVsIjoid2Vic2hvcCJ9\"")));
    }

    /** By the CloudEvents SDK. */
    @Test
    void structuredMode_asTheSdkWritesIt() {
        byte[] json = new JsonFormat().serialize(CloudEventBuilder.v1()
                .withId("e-1")
                .withType(OrderMessages.TYPE)
                .withSource(URI.create(OrderMessages.SOURCE))
                .withExtension("traceparent", "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01")
                .withData("application/json", JsonCloudEventData.wrap(
                        JsonNodeFactory.instance.objectNode().put("channel", "webshop")))
                .build());
        assertRead(structured(new String(json, StandardCharsets.UTF_8)));
    }

    @Test
    void noCloudEvent_isToldAllThatIsMissing() {
        Message message = event();
        message.setApplicationProperties(null);
        assertThat(refused(message).errors()).extracting(error -> error.parameter())
                .containsExactly("specversion", "type", "source", "id");
    }

    static Stream<Arguments> attributes() {
        return Stream.of(arguments("specversion", "0.3"), arguments("type", "order.created"), arguments("id", ""),
                arguments("id", 17), arguments("id", UUID.randomUUID()), arguments("source", List.of("a")),
                arguments("type", new Binary(new byte[]{1})), arguments("specversion", 1.0));
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void wrongAttribute_isNamed(String name, Object value) {
        Message message = event();
        properties(message).put("cloudEvents:" + name, value);
        Problem problem = refused(message);
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors()).singleElement().extracting(error -> error.parameter()).isEqualTo(name);
    }

    static Stream<Arguments> bodies() throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(ORDER.getBytes(StandardCharsets.UTF_8));
        }
        byte[] huge = new byte[(1 << 20) + 1];
        Arrays.fill(huge, (byte) ' ');
        return Stream.of(arguments(400, change(message -> message.setBody(null))),
                arguments(400, change(message -> message.setBody(new AmqpValue(null)))),
                arguments(400, body(new byte[0])),
                arguments(413, body(huge)),
                arguments(415, body(compressed.toByteArray())),
                arguments(415, change(message -> message.setContentEncoding("gzip"))),
                arguments(400, body("{\"channel\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))),
                arguments(400, body(ORDER.getBytes(StandardCharsets.UTF_16))),
                arguments(400, body("{\"channel\":".getBytes(StandardCharsets.UTF_8))),
                arguments(422, body("[]".getBytes(StandardCharsets.UTF_8))),
                arguments(422, body("[".repeat(5000).getBytes(StandardCharsets.UTF_8))),
                arguments(415, change(message -> message.setBody(new AmqpValue(Map.of("channel", "webshop"))))),
                arguments(415, change(message -> message.setBody(new AmqpValue(17)))),
                arguments(415, change(message -> message.setBody(new AmqpSequence(List.of(1, 2))))),
                arguments(415, change(message -> message.setContentType("text/plain"))),
                arguments(415, change(message -> message.setContentType("application/octet-stream"))),
                arguments(415, change(message -> message.setContentType("application/cloudevents-batch+json"))),
                arguments(415, change(message -> message.setContentType("application/cloudevents+avro"))),
                arguments(415, change(message -> message.setContentType("\u0000;;"))));
    }

    private static Consumer<Message> body(byte[] bytes) {
        return change(message -> message.setBody(new Data(new Binary(bytes))));
    }

    private static Consumer<Message> change(Consumer<Message> change) {
        return change;
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void unreadable(int status, Consumer<Message> change) {
        Message message = event();
        change.accept(message);
        assertThat(refused(message).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"data\":null", ",\"data\":\"{}\"", ",\"data\":[]", ",\"data_base64\":17",
            ",\"data_base64\":\"?\"", ",\"data_base64\":\"\"", ",\"data\":{},\"data_base64\":\"e30=\"",
            ",\"datacontenttype\":\"text/xml\",\"data\":{}", ",\"datacontenttype\":17,\"data\":{}",
            ",\"data\":{},\"data\":{}", ",\"data\":{\"a\":1,\"a\":2}", ",\"id\":\"e-2\",\"data\":{}"})
    void structuredMode_wrongData(String data) {
        assertThat(refused(structured(envelope(data))).status()).isIn(400, 415, 422);
    }

    @Test
    void structuredMode_wrongAttributes_areAllNamed() {
        Problem problem = refused(structured("{\"specversion\":1.0,\"type\":\"x\",\"id\":null,\"data\":{}}"));
        assertThat(problem.errors()).extracting(error -> error.parameter())
                .containsExactly("specversion", "source", "id", "type");
    }
}
