#include "CHashOrder.h"

#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// Swift's standard library keeps its hash seeds here (stdlib/public/SwiftShims/swift/shims/
// GlobalObjects.h). With `deterministic` it leaves out what differs from instance to instance.
extern struct {
    uint64_t seed0;
    uint64_t seed1;
    bool deterministic;
} _swift_stdlib_Hashing_parameters;

uint64_t duet_seed_hash_order(void) {
    uint64_t seed;
    const char *given = getenv("DUET_HASH_SEED");
    if (given && *given) {
        seed = strtoull(given, NULL, 10);
    } else {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        seed = ((uint64_t)now.tv_nsec ^ ((uint64_t)getpid() << 20)) & 0xffffffff;
    }
    _swift_stdlib_Hashing_parameters.seed0 = seed;
    _swift_stdlib_Hashing_parameters.seed1 = seed * 0x9e3779b97f4a7c15;
    _swift_stdlib_Hashing_parameters.deterministic = true;
    return seed;
}
