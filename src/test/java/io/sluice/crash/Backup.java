package io.sluice.crash;

/** A way to back the embedded database of a running process up, and to restore it for another one. */
interface Backup {
    /** What has to be done before the moment of the backup. */
    void begin() throws Exception;

    /** The moment to which the database will be restored. */
    void take() throws Exception;

    /** Restores the database; neither process runs. */
    void restore() throws Exception;
}
