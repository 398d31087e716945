/* SPDX-License-Identifier: Apache-2.0
 *
 * Preparer: what happens to commands after they were received and before they are queued for their batch: what is
 * personal is sealed by the vault, so that entries, rows and logs never hold it in the clear.
 *
 * A service whose commands carry no personal values still names VAULT_PREPARER; vault and exchange have their own.
 * Works on one thread; may block (it asks the vault); gets what has gathered in the meantime.
 */
#pragma once
#include "common/service.h"

struct process;
struct work;

struct preparer {
    /* Sockets, keys. NULL state is an out-of-memory bug, not an outcome. */
    void *(*open)(struct process *process);
    /* Fills in each work's body; a work whose `status` is not OK afterwards has its refusal and goes no further. Its
     * arena holds what is added. Called with `status` OK in all. */
    void (*run)(void *state, struct work **list, size_t count);
    void (*close)(void **state);

    /* Both are NULL for a service that talks with its own node only. */
    /* The body of one thread more, given the process; returns when its `stop` is set. It may ask any service
     * (peer.h), and is woken through `wake_beside` when something was committed. */
    void *(*beside)(void *process);
    /* Who may connect to what that thread binds: asked for key checks of any domain but "service". */
    bool (*lets_in)(struct process *process, const char *public_text);
};

/* True when a message type has a tiaojie.Sealed or tiaojie.Person anywhere inside. */
bool message_is_personal(const ProtobufCMessageDescriptor *descriptor);

/* Asks this node's vault to seal. For services whose commands carry what is personal. A command whose body has a text
 * field `link` (another node's name) gets the values sealed for that node too, as `carried`. */
extern const struct preparer VAULT_PREPARER;
