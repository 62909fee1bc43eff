package io.sluice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class PartnerTest {

    @Test
    void defaultPartner_hasTheNameOfItsKind() {
        Partner carrier = Partner.defaultOf(PartnerKind.CARRIER);
        assertThat(carrier).isEqualTo(new Partner(PartnerKind.CARRIER, "carrier"));
        assertThat(carrier.isDefault()).isTrue();
        assertThat(carrier.inWords()).isEqualTo("carrier");
    }

    @Test
    void namedPartner_isCalledByKindAndName() {
        Partner dhl = new Partner(PartnerKind.CARRIER, "dhl");
        assertThat(dhl.isDefault()).isFalse();
        assertThat(dhl.inWords()).isEqualTo("carrier dhl");
    }

    @Test
    void kindAndName_mustBeThere() {
        assertThatNullPointerException().isThrownBy(() -> new Partner(null, "dhl"));
        assertThatNullPointerException().isThrownBy(() -> new Partner(PartnerKind.CARRIER, null));
    }
}
