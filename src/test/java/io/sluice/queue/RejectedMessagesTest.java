package io.sluice.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;

import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;

import io.sluice.http.Problem;
import io.sluice.http.ProblemType;
import io.sluice.testing.OrderMessages;

class RejectedMessagesTest {

    @Test
    void copy_keepsTheMessage_andAddsTheProblem() {
        Message original = OrderMessages.event("e-1", "{}");
        original.setDurable(false);
        original.setTtl(1);
        original.setExpiryTime(new Date().getTime());
        original.setUserId(new byte[]{1});
        original.setSubject("an order");
        original.setCorrelationId("c-1");
        original.setReplyTo("answers");

        Message copy = RejectedMessages.copy(original, Problem.of(ProblemType.INVALID, "Wrong."));

        assertThat(copy.getBody()).isEqualTo(original.getBody());
        assertThat(copy.getMessageId()).isEqualTo("e-1");
        assertThat(copy.getContentType()).isEqualTo("application/json");
        assertThat(copy.getSubject()).isEqualTo("an order");
        assertThat(copy.getCorrelationId()).isEqualTo("c-1");
        assertThat(copy.getReplyTo()).isEqualTo("answers");
        assertThat(copy.getApplicationProperties().getValue())
                .containsAllEntriesOf(original.getApplicationProperties().getValue());
        assertThat(OrderMessages.problem(copy).path("detail").asText()).isEqualTo("Wrong.");
        assertThat(copy.isDurable()).isTrue();
        assertThat(copy.getTtl()).isZero();
        assertThat(copy.getExpiryTime()).isZero();
        assertThat(copy.getUserId()).isNull();
        assertThat(original.getExpiryTime()).as("the original").isNotZero();
    }
}
