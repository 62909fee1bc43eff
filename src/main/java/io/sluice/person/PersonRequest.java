package io.sluice.person;

import io.sluice.accept.Formats;
import io.sluice.accept.OrderLimits;
import io.sluice.http.JsonBody;
import io.sluice.order.Email;

/** Reads whose data is meant. The address is in the body, because URLs are logged on their way. */
final class PersonRequest {
    private PersonRequest() {}

    static Email email(byte[] body) {
        return JsonBody.read(body, request -> {
            String email = request.text("email", OrderLimits.EMAIL);
            if (email != null && !Formats.isEmail(email.strip())) {
                request.error("email", "This is not an e-mail address.");
            }
            request.rejectOtherFields();
            request.check();
            return new Email(email);
        });
    }
}
