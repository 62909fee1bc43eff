package io.sluice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

class ChangedFieldsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<String> between(String before, String after) throws IOException {
        return ChangedFields.between(JSON.readTree(before), JSON.readTree(after));
    }

    @Test
    void partsOfAddressAndCustomer_areNamedOneByOne() throws IOException {
        assertThat(between(
                """
                        {"customer": {"name": "Ada", "email": "ada@example.org"}, "shipTo": {"city": "Bonn", "country": "DE"}}""",
                """
                        {"customer": {"name": "Ada"}, "shipTo": {"city": "Berlin", "country": "DE", "phone": "1"}}"""))
                .containsExactly("customer.email", "shipTo.city", "shipTo.phone");
    }

    @Test
    void keysOfTheMetadata_areNotNamed() throws IOException {
        assertThat(between("{\"metadata\": {\"Ada Lovelace\": \"1\"}}", "{\"metadata\": {\"Ada Lovelace\": \"2\"}}"))
                .containsExactly("metadata");
    }

    @Test
    void nullAndAbsent_areTheSame() throws IOException {
        assertThat(between("{\"note\": null, \"shipBy\": \"x\"}", "{\"shipBy\": null}")).containsExactly("shipBy");
        assertThat(between("{\"note\": \"a\"}", "{\"note\": \"a\"}")).isEmpty();
    }
}
