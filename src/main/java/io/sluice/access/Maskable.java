package io.sluice.access;

/**
 * Something that names people. Whoever may not see that ({@link Permission#PERSONAL}) is answered with {@link #masked}.
 */
public interface Maskable<T> {

    /** The same without what names a person: names, addresses but for country and state, e-mail, phone, free text. */
    T masked();
}
