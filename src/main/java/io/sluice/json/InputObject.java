package io.sluice.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A JSON object that a client sent, read field by field. Each getter notes what is wrong and then returns null (or an
 * empty list), so that reading continues. A field that is {@code null} counts as absent.
 *
 * <p>Read all fields, then call {@link #rejectOtherFields()} and {@link #check()}.
 */
public final class InputObject {

    private static final int MAX_NAME_SHOWN = 60;

    private final ObjectNode object;
    private final InputObject parent;
    private final String place;
    private final InputErrors errors;
    /** A set, because a field may be read twice. */
    private final Set<String> known = new LinkedHashSet<>(16);

    private InputObject(ObjectNode object, InputObject parent, String place, InputErrors errors) {
        this.object = object;
        this.parent = parent;
        this.place = place;
        this.errors = errors;
    }

    /**
     * Reads a whole body.
     *
     * @throws InputException if it is not well-formed JSON or not an object
     */
    public static InputObject parse(byte[] json) {
        return parse(json, 0, json.length);
    }

    /** Like {@link #parse(byte[])}, for {@code length} bytes from {@code offset}. */
    public static InputObject parse(byte[] json, int offset, int length) {
        InputErrors errors = new InputErrors();
        return of(StrictJson.parse(json, offset, length, errors), errors);
    }

    /** @throws InputException if {@code root} is not an object */
    public static InputObject of(JsonNode root) {
        return of(root, new InputErrors());
    }

    private static InputObject of(JsonNode root, InputErrors errors) {
        if (root instanceof ObjectNode object) {
            return new InputObject(object, null, "", errors);
        }
        throw InputException.invalid(List.of(InputError.at("", "This must be a JSON object.")));
    }

    /**
     * The object as a whole.
     *
     * @throws InputException with the errors that were found until now, such as fields that are there twice
     */
    public JsonNode tree() {
        check();
        return object;
    }

    /** @throws InputException with all errors of the whole input, if there are any */
    public void check() {
        errors.throwIfAny();
    }

    /** Whether the field is there, even if it is {@code null}. */
    public boolean present(String name) {
        return object.has(name);
    }

    /** Whether the field is there and not {@code null}. */
    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    public boolean isBlankOrAbsent(String name) {
        JsonNode value = given(name);
        return value == null || isBlank(value);
    }

    /** Like {@link #textIfAny}, but absence and blank text are errors too. */
    public String text(String name, int maxLength) {
        String text = textIfAny(name, maxLength);
        missing(name);
        return text;
    }

    /** Like {@link #textIfAny}, but blank text is an error. */
    public String optionalText(String name, int maxLength) {
        String text = textIfAny(name, maxLength);
        if (given(name) != null) {
            missing(name);
        }
        return text;
    }

    /**
     * One line of text, without outer blanks; null if absent or blank. Tabs and line breaks in it become blanks. Other
     * control characters and half surrogate pairs are errors.
     *
     * @param maxLength in characters
     */
    public String textIfAny(String name, int maxLength) {
        return text(name, maxLength, TextRules::oneLine);
    }

    /** Like {@link #textIfAny}, for text in several lines; its line breaks become {@code \n}. */
    public String linesIfAny(String name, int maxLength) {
        return text(name, maxLength, TextRules::severalLines);
    }

    /** Like {@link #linesIfAny}, but absence and blank text are errors too. */
    public String lines(String name, int maxLength) {
        String lines = linesIfAny(name, maxLength);
        missing(name);
        return lines;
    }

    private String text(String name, int maxLength, UnaryOperator<String> normal) {
        String sent = anyText(name);
        if (sent == null || TextRules.isBlank(sent)) {
            return null;
        }
        String text = normal.apply(sent);
        String fault = TextRules.fault(text, maxLength);
        if (fault != null) {
            error(name, fault);
            return null;
        }
        return text;
    }

    /** Like {@link #decimalIfAny}, but absence and blank text are errors too. */
    public String decimal(String name) {
        String decimal = decimalIfAny(name);
        missing(name);
        return decimal;
    }

    /**
     * A decimal number as text, because many clients would send a JSON number as a binary fraction; null if absent or
     * blank. It comes as it was sent.
     */
    public String decimalIfAny(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isTextual()) {
            error(name, "This must be a string such as \"12.50\""
                    + (value.isNumber() ? ", not a number: a number may have lost its decimals." : "."));
            return null;
        }
        return isBlankOrAbsent(name) ? null : value.textValue();
    }

    /**
     * A map of text by name, sorted by name; null if absent, blank or empty. The text comes as it was sent.
     *
     * @param maxNameLength in characters
     * @param maxTextLength in characters
     */
    public SortedMap<String, String> textsIfAny(String name, int maxEntries, int maxNameLength, int maxTextLength) {
        JsonNode value = value(name);
        // In PHP, an empty map is an empty list.
        if (value == null || isBlank(value) || value.isArray() && value.isEmpty()) {
            return null;
        }
        if (!value.isObject()) {
            error(name, "This must be an object.");
            return null;
        }
        if (value.size() > maxEntries) {
            error(name, "This must have at most " + maxEntries + " entries.");
            return null;
        }
        SortedMap<String, String> texts = new TreeMap<>();
        value.fields().forEachRemaining(entry -> {
            String at = name + "/" + JsonPointers.escape(entry.getKey());
            String nameFault = TextRules.isBlank(entry.getKey())
                    ? "A name must not be blank."
                    : TextRules.fault(entry.getKey(), maxNameLength);
            if (nameFault != null) {
                error(name, "One of the names: " + nameFault);
            } else if (entry.getValue().isTextual()) {
                String fault = TextRules.storageFault(entry.getValue().textValue(), maxTextLength);
                if (fault != null) {
                    error(at, fault);
                }
                texts.put(entry.getKey(), entry.getValue().textValue());
            } else if (!entry.getValue().isNull()) {
                error(at, "This must be a string.");
            }
        });
        return texts.isEmpty() ? null : texts;
    }

    /** Text that must be there and must not be blank; it may have any length and any characters. */
    public String nonBlank(String name) {
        String text = anyText(name);
        missing(name);
        return text;
    }

    /** Text of any length with any characters, even none; null if absent. */
    public String anyText(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isTextual()) {
            error(name, "This must be a string.");
        }
        return value == null ? null : value.textValue();
    }

    /** One of {@code known} by its name; null if absent or blank. */
    public <E> E optionalConstant(String name, E[] known, Function<E, String> nameOf) {
        String text = textIfAny(name, Integer.MAX_VALUE);
        return text == null ? null : constant(name, text, known, nameOf);
    }

    /** Some of {@code known} by their names; empty if absent. */
    public <E> Set<E> optionalConstants(String name, E[] known, Function<E, String> nameOf) {
        Set<E> constants = new LinkedHashSet<>();
        int index = 0;
        for (JsonNode item : optionalItems(name, 1, known.length)) {
            constants.add(constant(name + "/" + index++, item.textValue(), known, nameOf));
        }
        return constants;
    }

    private <E> E constant(String place, String text, E[] known, Function<E, String> nameOf) {
        List<String> names = new ArrayList<>(known.length);
        for (E one : known) {
            String name = nameOf.apply(one);
            if (name.equals(text)) {
                return one;
            }
            names.add(name);
        }
        error(place, "This must be one of " + String.join(", ", names) + ".");
        return null;
    }

    /**
     * The ids of a list that must be there and have {@code min} to {@code max} entries, none of them twice.
     *
     * @param what they name, in the singular
     */
    public List<UUID> ids(String name, String what, int min, int max) {
        Set<UUID> ids = new LinkedHashSet<>();
        int index = 0;
        for (JsonNode item : items(name, min, max)) {
            String place = name + "/" + index++;
            UUID id = item.isTextual() ? TextRules.id(TextRules.oneLine(item.textValue())) : null;
            if (id == null) {
                error(place, "This must be the id of an " + what + ".");
            } else if (!ids.add(id)) {
                error(place, "This " + what + " is listed twice.");
            }
        }
        return List.copyOf(ids);
    }

    /** True or false, or null if absent. */
    public Boolean optionalBoolean(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            error(name, "This must be true or false.");
            return null;
        }
        return value.booleanValue();
    }

    /** A number with or without decimals, or null if absent. */
    public Double optionalNumber(String name, int min, int max) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || value.doubleValue() < min || value.doubleValue() > max) {
            error(name, "This must be a number from " + min + " to " + max + ".");
            return null;
        }
        return value.doubleValue();
    }

    /** A whole number that must be there; {@code 2.0} is one. */
    public Integer integer(String name, int min, int max) {
        Integer integer = optionalInteger(name, min, max);
        missing(name);
        return integer;
    }

    /** Like {@link #integer}, or null if absent. */
    public Integer optionalInteger(String name, int min, int max) {
        Long value = optionalLong(name, min, max);
        return value == null ? null : value.intValue();
    }

    /** Like {@link #optionalInteger}, for longer ones. */
    public Long optionalLong(String name, long min, long max) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || !isWhole(value.decimalValue())) {
            error(name, "This must be a whole number" + (value.isTextual() ? ", not a string." : "."));
            return null;
        }
        BigDecimal number = value.decimalValue();
        if (number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            error(name, "This must be from " + min + " to " + max + ".");
            return null;
        }
        return number.longValueExact();
    }

    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    /** An object that must be there; null if it is not. */
    public InputObject object(String name) {
        InputObject child = optionalObject(name);
        missing(name);
        return child;
    }

    /** An object, or null if absent. */
    public InputObject optionalObject(String name) {
        JsonNode value = value(name);
        if (value instanceof ObjectNode child) {
            return new InputObject(child, this, JsonPointers.escape(name), errors);
        }
        if (value != null) {
            error(name, "This must be an object.");
        }
        return null;
    }

    /** The objects of a list that must be there and have {@code min} to {@code max} entries. */
    public List<InputObject> objects(String name, int min, int max) {
        return objects(name, items(name, min, max));
    }

    /** The objects of a list of at most {@code max} entries; empty if it is absent or blank. */
    public List<InputObject> objectsIfAny(String name, int max) {
        JsonNode value = value(name);
        return value == null || isBlank(value) ? List.of() : objects(name, items(name, value, 0, max));
    }

    private List<InputObject> objects(String name, Iterable<JsonNode> items) {
        List<InputObject> objects = new ArrayList<>();
        int index = 0;
        for (JsonNode item : items) {
            String at = name + "/" + index++;
            if (item instanceof ObjectNode child) {
                objects.add(new InputObject(child, this, at, errors));
            } else {
                error(at, "This must be an object.");
            }
        }
        return objects;
    }

    /** The raw entries of a list that must be there; empty, with an error, if it is not or has another length. */
    public Iterable<JsonNode> items(String name, int min, int max) {
        Iterable<JsonNode> items = optionalItems(name, min, max);
        missing(name);
        return items;
    }

    /** Like {@link #items}, but absence is no error. */
    public Iterable<JsonNode> optionalItems(String name, int min, int max) {
        JsonNode value = value(name);
        return value == null ? List.of() : items(name, value, min, max);
    }

    private Iterable<JsonNode> items(String name, JsonNode value, int min, int max) {
        if (!value.isArray()) {
            error(name, "This must be a list.");
            return List.of();
        }
        if (value.size() < min || value.size() > max) {
            error(name, "This must have " + (min == 0 ? "at most " : "from " + min + " to ") + max + " entries.");
            return List.of();
        }
        return value;
    }

    /** Adds an error at a field of this object, or below one ({@code lines/3}). */
    public void error(String name, String detail) {
        errors.add(pointer(name), detail);
    }

    /** Makes every field that has not been read an error. */
    public void rejectOtherFields() {
        rejectOtherFields(Map.of());
    }

    /** @param hints what to say about certain unknown fields */
    public void rejectOtherFields(Map<String, String> hints) {
        int present = 0;
        for (String name : known) {
            present += object.has(name) ? 1 : 0;
        }
        if (present < object.size()) {
            object.fieldNames().forEachRemaining(name -> {
                if (!known.contains(name)) {
                    String hint = hints.get(name);
                    error(JsonPointers.escape(name), hint == null ? unknown(name) : hint);
                }
            });
        }
    }

    /** Makes {@code null} an error in every field but {@code exception}. */
    public void rejectNulls(String exception) {
        object.fields().forEachRemaining(field -> {
            if (field.getValue().isNull() && !field.getKey().equals(exception)) {
                error(JsonPointers.escape(field.getKey()), "This must not be null.");
            }
        });
    }

    private String unknown(String name) {
        String nearest = errors.full() ? null : NearestName.of(name, known);
        String shown = name.length() > MAX_NAME_SHOWN ? name.substring(0, MAX_NAME_SHOWN) + "…" : name;
        return "The field '" + shown + "' is not known" + (nearest == null ? "." : ". Did you mean '" + nearest + "'?");
    }

    private JsonNode value(String name) {
        known.add(name);
        return given(name);
    }

    private JsonNode given(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Makes it an error if the field is not there. */
    public void require(String name) {
        known.add(name);
        missing(name);
    }

    private void missing(String name) {
        JsonNode value = given(name);
        if (value == null) {
            error(name, "This is required.");
        } else if (isBlank(value)) {
            error(name, "This must not be blank.");
        }
    }

    private static boolean isBlank(JsonNode value) {
        return value.isTextual() && TextRules.isBlank(value.textValue());
    }

    private String pointer(String below) {
        return parent == null ? "/" + below : parent.pointer(place) + "/" + below;
    }
}
