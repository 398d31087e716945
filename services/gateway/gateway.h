/* SPDX-License-Identifier: Apache-2.0
 *
 * Gateway: the door of a node. Any number of them run side by side; none keeps anything that must not be lost.
 *
 * Owns      the listening socket for clients (CURVE), the moment of receipt of every command, and what is in flight.
 * Asks      schema node: who may speak, which process owns which partition (watch.h).
 * Passes    to the owner of the partition what judge.h lets through, many commands in a frame; answers come back as
 * they are. Refuses   everything else, each with field, reason and remedy; more in flight than a principal's share
 * (BUSY).
 *
 *   client --Command--> judge --> flight --Forwards--> service --Replies--> flight --Answer--> client
 */
#pragma once
#include "common/base/conf.h"

/* Listens at the endpoint until SIGTERM or SIGINT; returns the exit code. */
int gateway_run(const struct conf *conf, const char *endpoint);
