package io.sluice.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.sluice.order.Handling;
import io.sluice.web.InputError;
import io.sluice.web.ProblemException;

/**
 * What somebody asks of the demo shop.
 *
 * @param count    1 to {@value #MAX_COUNT}
 * @param handling {@code manual} (also when null) or {@code auto}
 * @param channel  null for a mix
 * @param seed     null for orders that nobody has seen before
 */
public record DemoRequest(Integer count, String handling, String channel, Long seed) {
    public static final int MAX_COUNT = 1000;
    private static final String CHANNEL = "[\\p{Alnum}][\\p{Alnum}._-]{0,63}";

    /** @throws ProblemException naming every field that does not fit */
    DemoRequest checked() {
        List<InputError> errors = new ArrayList<>();
        if (count == null || count < 1 || count > MAX_COUNT) {
            errors.add(new InputError("/count", "must be between 1 and " + MAX_COUNT));
        }
        if (handling != null && handlingNamed(handling).isEmpty()) {
            errors.add(new InputError("/handling", "must be one of " + Arrays.stream(Handling.values())
                    .map(Handling::wireName)
                    .toList()));
        }
        if (channel != null && !channel.matches(CHANNEL)) {
            errors.add(new InputError("/channel", "must be 1 to 64 letters, digits, '.', '_' or '-'"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return this;
    }

    Handling handlingOrDefault() {
        return handling == null ? Handling.MANUAL : handlingNamed(handling).orElseThrow();
    }

    private static Optional<Handling> handlingNamed(String name) {
        return Arrays.stream(Handling.values()).filter(h -> h.wireName().equals(name)).findFirst();
    }
}
