package io.sluice.accept;

import java.util.List;

import io.sluice.address.AddressFormat;
import io.sluice.address.Countries;
import io.sluice.json.InputObject;
import io.sluice.order.Address;

/** Reads an address. Its country says which parts it must have. */
final class AddressReader {

    private AddressReader() {}

    /** The field {@code shipTo}; null if it is not there. */
    static Address shipTo(InputObject order) {
        InputObject shipTo = order.object("shipTo");
        if (shipTo == null) {
            return null;
        }
        String name = shipTo.text("name", OrderLimits.NAME);
        String company = shipTo.textIfAny("company", OrderLimits.NAME);
        String street = street(shipTo);
        String country = country(shipTo);
        AddressFormat format = AddressFormat.of(country);
        String district = shipTo.textIfAny("district", OrderLimits.CITY);
        String city = partOf(shipTo, "city", OrderLimits.CITY, format.requiresCity(), country);
        String state = shipTo.textIfAny("state", OrderLimits.CITY);
        String postalCode = partOf(shipTo, "postalCode", OrderLimits.POSTAL_CODE, format.requiresPostalCode(), country);
        String phone = shipTo.textIfAny("phone", OrderLimits.PHONE);
        shipTo.rejectOtherFields();
        return new Address(name, company, street, district, city, state, postalCode, country, phone);
    }

    private static String street(InputObject shipTo) {
        String text = shipTo.lines("street", OrderLimits.STREET);
        if (text == null) {
            return null;
        }
        List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.size() > OrderLimits.STREET_LINES) {
            shipTo.error("street", "This must have at most " + OrderLimits.STREET_LINES + " lines.");
        }
        return String.join("\n", lines);
    }

    private static String country(InputObject shipTo) {
        String country = shipTo.text("country", OrderLimits.NAME);
        if (country != null && !Countries.isCode(country)) {
            shipTo.error("country", "This must be an ISO 3166-1 alpha-2 country code in capitals, for example DE.");
        }
        return country;
    }

    /** @param required by the country */
    private static String partOf(InputObject shipTo, String name, int maxLength, boolean required, String country) {
        if (required && shipTo.isBlankOrAbsent(name)) {
            shipTo.error(name, "This is required" + (country == null ? "." : " for addresses in " + country + "."));
        }
        return shipTo.textIfAny(name, maxLength);
    }
}
