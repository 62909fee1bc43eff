package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmailTest {
    @Test
    void caseOuterBlanksAndFormOfUnicode_doNotMatter() {
        Email email = new Email(" J\u00FCrgen@Example.ORG ");
        assertThat(email.is("ju\u0308rgen@example.org")).isTrue();
        assertThat(email.hash()).isEqualTo(new Email("J\u00DCRGEN@example.org").hash());
        assertThat(email.is("jurgen@example.org")).isFalse();
        assertThat(email.is(null)).isFalse();
        assertThat(email).asString().doesNotContain("example");
    }
}
