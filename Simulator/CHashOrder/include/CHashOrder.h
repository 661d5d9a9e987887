#ifndef C_HASH_ORDER_H
#define C_HASH_ORDER_H

#include <stdint.h>

/// Makes the order of every Swift Set and Dictionary of this process a function of one number.
///
/// The number is DUET_HASH_SEED where that is set, else one that no other process has. To be called
/// before anything is hashed: what was hashed before is not found again.
uint64_t duet_seed_hash_order(void);

#endif
