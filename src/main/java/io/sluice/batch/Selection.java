package io.sluice.batch;

import java.util.List;
import java.util.UUID;

/**
 * What a request asks for, as it stands at one moment.
 *
 * @param orders those that can be taken, in the sequence of their positions
 */
record Selection(List<UUID> orders, Rejections rejections) {}
