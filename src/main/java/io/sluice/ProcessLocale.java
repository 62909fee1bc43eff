package io.sluice;

import java.util.Properties;

/** The locale of the process (LC_ALL, LC_CTYPE, LANG). It decides which file names the JVM can use. */
final class ProcessLocale {
    static final String ADVICE = "has characters that the locale of this process does not know. "
            + "Start it with LC_ALL=C.UTF-8, or another UTF-8 locale that is installed";
    /** What the JVM puts in place of a character that it cannot read. */
    private static final char UNREADABLE = '\uFFFD';

    private ProcessLocale() {}

    static boolean isUtf8() {
        return "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    }

    /** @throws StartFailure if the working directory or a setting on the command line could not be read */
    static void check(Properties system) {
        String folder = system.getProperty("user.dir");
        if (folder.indexOf(UNREADABLE) >= 0) {
            throw new StartFailure("the working directory, " + folder + ", " + ADVICE);
        }
        for (String key : system.stringPropertyNames()) {
            if (isSetting(key) && system.getProperty(key).indexOf(UNREADABLE) >= 0) {
                throw new StartFailure("-D" + key + " " + ADVICE);
            }
        }
    }

    private static boolean isSetting(String key) {
        return key.matches("(sluice|quarkus|amqp|mp)[.-].*");
    }
}
