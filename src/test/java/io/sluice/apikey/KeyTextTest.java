package io.sluice.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class KeyTextTest {

    @Test
    void random_canBeParsed_andIsNeverTheSame() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            KeyText key = KeyText.random();
            assertThat(key.text()).matches("sluice_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}");
            assertThat(KeyText.parse(key.text())).contains(key);
            assertThat(key).hasToString("sluice_" + key.id());
            ids.add(key.id());
        }
        assertThat(ids).hasSize(1000);
    }

    @Test
    void changedText_isNoKey() {
        String text = KeyText.random().text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(KeyText.parse(text.substring(0, i) + other + text.substring(i + 1))).isEmpty();
            assertThat(KeyText.parse(text.substring(0, i))).isEmpty();
        }
        assertThat(KeyText.parse(text + "a")).isEmpty();
        assertThat(KeyText.parse("")).isEmpty();
    }
}
