package io.sluice.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a partner has to say when a call went well. */
record Reply(int status, ObjectNode body) {}
