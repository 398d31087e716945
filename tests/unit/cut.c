/* SPDX-License-Identifier: Apache-2.0
 *
 * Cut: a thread that passes bytes on between Unix sockets, and looks for the server's word that a COMMIT is complete.
 */
#include "tests/unit/cut.h"

#include <assert.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { WIRES_MAX = 8 };

struct cut {
    char folder[64];
    struct sockaddr_un server;
    struct sockaddr_un own;
    int listener;
    int stop[2];
    pthread_t thread;
    atomic_bool at_commit;
    struct {
        int client, server;
    } wires[WIRES_MAX];
    size_t wire_count;
};

static void server_address(const char *conninfo, struct sockaddr_un *address, char *rest, size_t size)
{
    const char *host = "", *port = "5432";
    PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
    assert(options);
    rest[0] = '\0';
    for (const PQconninfoOption *option = options; option->keyword; option++) {
        if (!option->val)
            continue;
        size_t used = strlen(rest);
        if (strcmp(option->keyword, "host") == 0)
            host = option->val;
        else if (strcmp(option->keyword, "port") == 0)
            port = option->val;
        else
            snprintf(rest + used, size - used, " %s=%s", option->keyword, option->val);
    }
    address->sun_family = AF_UNIX;
    snprintf(address->sun_path, sizeof address->sun_path, "%.80s/.s.PGSQL.%.10s", host, port);
    PQconninfoFree(options);
}

static void add_wire(struct cut *cut)
{
    int client = accept(cut->listener, NULL, NULL);
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    assert(client >= 0 && server >= 0 && cut->wire_count < WIRES_MAX);
    int connected = connect(server, (struct sockaddr *)&cut->server, sizeof cut->server);
    assert(connected == 0);
    cut->wires[cut->wire_count].client = client;
    cut->wires[cut->wire_count++].server = server;
}

static void drop_wire(struct cut *cut, size_t at)
{
    close(cut->wires[at].client);
    close(cut->wires[at].server);
    cut->wires[at] = cut->wires[--cut->wire_count];
}

/* False when the wire is broken, or is to be broken here. */
static bool pass_on(struct cut *cut, int from, int to, bool from_server)
{
    char bytes[65536];
    static const char COMPLETE[] = "COMMIT";
    ssize_t size = read(from, bytes, sizeof bytes);
    if (size <= 0)
        return false;
    if (from_server && atomic_load(&cut->at_commit) && memmem(bytes, (size_t)size, COMPLETE, sizeof COMPLETE)) {
        atomic_store(&cut->at_commit, false);
        return false;
    }
    for (ssize_t done = 0, now; done < size; done += now) {
        now = write(to, bytes + done, (size_t)(size - done));
        if (now <= 0)
            return false;
    }
    return true;
}

static void pass_all_on(struct cut *cut, const struct pollfd *polled)
{
    for (size_t i = cut->wire_count; i-- > 0;) {
        bool good = true;
        if (polled[2 * i].revents)
            good = pass_on(cut, cut->wires[i].client, cut->wires[i].server, false);
        if (good && polled[2 * i + 1].revents)
            good = pass_on(cut, cut->wires[i].server, cut->wires[i].client, true);
        if (!good)
            drop_wire(cut, i);
    }
}

static void *run(void *data)
{
    struct cut *cut = data;
    for (;;) {
        struct pollfd polled[2 * WIRES_MAX + 2];
        size_t count = 2 * cut->wire_count;
        for (size_t i = 0; i < cut->wire_count; i++) {
            polled[2 * i] = (struct pollfd){cut->wires[i].client, POLLIN, 0};
            polled[2 * i + 1] = (struct pollfd){cut->wires[i].server, POLLIN, 0};
        }
        polled[count] = (struct pollfd){cut->listener, POLLIN, 0};
        polled[count + 1] = (struct pollfd){cut->stop[0], POLLIN, 0};
        poll(polled, count + 2, -1);
        if (polled[count + 1].revents)
            return NULL;
        pass_all_on(cut, polled);
        if (polled[count].revents)
            add_wire(cut);
    }
}

struct cut *cut_new(const char *server_conninfo, char conninfo[512])
{
    char rest[300];
    struct cut *cut = calloc(1, sizeof *cut);
    assert(cut);
    server_address(server_conninfo, &cut->server, rest, sizeof rest);
    snprintf(cut->folder, sizeof cut->folder, "/tmp/cut.XXXXXX");
    const char *folder = mkdtemp(cut->folder);
    assert(folder);
    cut->own.sun_family = AF_UNIX;
    snprintf(cut->own.sun_path, sizeof cut->own.sun_path, "%.60s/.s.PGSQL.5432", cut->folder);
    snprintf(conninfo, 512, "host=%s port=5432%s", cut->folder, rest);
    cut->listener = socket(AF_UNIX, SOCK_STREAM, 0);
    int bound = bind(cut->listener, (struct sockaddr *)&cut->own, sizeof cut->own);
    int listening = listen(cut->listener, WIRES_MAX);
    int piped = pipe(cut->stop);
    assert(bound == 0 && listening == 0 && piped == 0);
    int started = pthread_create(&cut->thread, NULL, run, cut);
    assert(started == 0);
    return cut;
}

void cut_at_commit(struct cut *cut)
{
    atomic_store(&cut->at_commit, true);
}

void cut_free(struct cut **cut)
{
    close((*cut)->stop[1]);
    pthread_join((*cut)->thread, NULL);
    while ((*cut)->wire_count > 0)
        drop_wire(*cut, 0);
    close((*cut)->stop[0]);
    close((*cut)->listener);
    unlink((*cut)->own.sun_path);
    rmdir((*cut)->folder);
    free(*cut);
    *cut = NULL;
}
