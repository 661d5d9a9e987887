#ifndef CSIMDJSON_H
#define CSIMDJSON_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The kinds of a node.
enum {
    duet_json_null = 0,
    duet_json_false = 1,
    duet_json_true = 2,
    duet_json_number = 3,
    duet_json_string = 4,
    duet_json_array = 5,
    duet_json_object = 6
};

/// The mark of an offset into a document's `text`; one without it is into the parsed bytes.
static const uint32_t duet_json_unescaped = 0x80000000;

/// One value of a document in depth-first order.
typedef struct {
    /// Where the text of a string or number starts: in the parsed bytes, or in `text` for a string
    /// that was written with escapes.
    uint32_t offset;
    uint32_t length;
    /// Where the member's name starts, for members of an object; like `offset`.
    uint32_t name_offset;
    uint32_t name_length;
    /// The index of the node after this one and all below it.
    uint32_t after;
    /// How many elements or members it has.
    uint32_t count;
    uint32_t kind;
} duet_json_node;

/// A parsed document; both arrays live until `duet_json_free`. It is of use with its bytes only.
typedef struct {
    duet_json_node *nodes;
    size_t node_count;
    uint8_t *text;
    size_t text_count;
    /// 0, or simdjson's error code.
    int error;
} duet_json_document;

/// Parses `length` bytes. `capacity` bytes are readable; fewer than length + 64 cost a copy.
duet_json_document duet_json_parse(const uint8_t *bytes, size_t length, size_t capacity);
void duet_json_free(duet_json_document document);
/// A static description of an error code.
const char *duet_json_error(int error);

#ifdef __cplusplus
}
#endif
#endif
