package io.sluice.partner;

/** How a partner is doing, for all workers. */
public enum PartnerState {
    /** It answers. */
    UP,
    /** It does not, and is not called; its orders are held. */
    DOWN,
    /** One call is out to see whether it answers again. */
    PROBING,
    /** A person has paused it: it is not called until a person resumes it; its orders are held. */
    PAUSED
}
