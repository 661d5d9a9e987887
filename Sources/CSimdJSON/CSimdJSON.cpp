#include "CSimdJSON.h"

#include <cstdlib>
#include <cstring>
// Errors are values: no exception may reach Swift.
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>
#include <string>
#include <vector>

namespace {
using namespace simdjson;

struct Builder {
    std::vector<duet_json_node> nodes;
    std::vector<uint8_t> text;

    uint32_t put(std::string_view view) {
        uint32_t offset = static_cast<uint32_t>(text.size());
        text.insert(text.end(), view.begin(), view.end());
        return offset;
    }

    // The parser takes 1,024 levels and, in debug builds, asserts that nobody asks for more.
    static constexpr uint32_t depth_max = 1000;

    error_code add(ondemand::value value, uint32_t name_offset, uint32_t name_length,
                   uint32_t depth) {
        if (depth > depth_max) { return DEPTH_ERROR; }
        size_t index = nodes.size();
        nodes.push_back({0, 0, name_offset, name_length, 0, 0, duet_json_null});
        ondemand::json_type type;
        if (auto error = value.type().get(type)) { return error; }
        uint32_t count = 0;
        switch (type) {
        case ondemand::json_type::object: {
            ondemand::object object;
            if (auto error = value.get_object().get(object)) { return error; }
            for (auto field : object) {
                std::string_view name;
                if (auto error = field.unescaped_key().get(name)) { return error; }
                uint32_t at = put(name);
                ondemand::value member;
                if (auto error = field.value().get(member)) { return error; }
                if (auto error = add(member, at, static_cast<uint32_t>(name.size()), depth + 1)) {
                    return error;
                }
                count += 1;
            }
            nodes[index].kind = duet_json_object;
            break;
        }
        case ondemand::json_type::array: {
            ondemand::array array;
            if (auto error = value.get_array().get(array)) { return error; }
            for (auto element : array) {
                ondemand::value member;
                if (auto error = element.get(member)) { return error; }
                if (auto error = add(member, 0, 0, depth + 1)) { return error; }
                count += 1;
            }
            nodes[index].kind = duet_json_array;
            break;
        }
        case ondemand::json_type::string: {
            std::string_view string;
            if (auto error = value.get_string().get(string)) { return error; }
            nodes[index].offset = put(string);
            nodes[index].length = static_cast<uint32_t>(string.size());
            nodes[index].kind = duet_json_string;
            break;
        }
        case ondemand::json_type::number: {
            ondemand::number number;
            std::string_view raw = value.raw_json_token();
            if (auto error = value.get_number().get(number)) { return error; }
            size_t length = raw.find_last_not_of(" \t\r\n") + 1;
            nodes[index].offset = put(raw.substr(0, length));
            nodes[index].length = static_cast<uint32_t>(length);
            nodes[index].kind = duet_json_number;
            break;
        }
        case ondemand::json_type::boolean: {
            bool flag;
            if (auto error = value.get_bool().get(flag)) { return error; }
            nodes[index].kind = flag ? duet_json_true : duet_json_false;
            break;
        }
        case ondemand::json_type::null: {
            bool is_null;
            if (auto error = value.is_null().get(is_null)) { return error; }
            if (!is_null) { return N_ATOM_ERROR; }
            break;
        }
        }
        nodes[index].count = count;
        nodes[index].after = static_cast<uint32_t>(nodes.size());
        return SUCCESS;
    }

    // A scalar document cannot be taken as a value, so it is read by its own calls.
    error_code add_scalar(ondemand::document &document) {
        nodes.push_back({0, 0, 0, 0, 1, 0, duet_json_null});
        ondemand::json_type type;
        if (auto error = document.type().get(type)) { return error; }
        switch (type) {
        case ondemand::json_type::string: {
            std::string_view string;
            if (auto error = document.get_string().get(string)) { return error; }
            nodes[0].offset = put(string);
            nodes[0].length = static_cast<uint32_t>(string.size());
            nodes[0].kind = duet_json_string;
            return SUCCESS;
        }
        case ondemand::json_type::number: {
            std::string_view raw;
            if (auto error = document.raw_json_token().get(raw)) { return error; }
            size_t length = raw.find_last_not_of(" \t\r\n") + 1;
            double ignored;
            if (auto error = document.get_double().get(ignored)) { return error; }
            nodes[0].offset = put(raw.substr(0, length));
            nodes[0].length = static_cast<uint32_t>(length);
            nodes[0].kind = duet_json_number;
            return SUCCESS;
        }
        case ondemand::json_type::boolean: {
            bool flag;
            if (auto error = document.get_bool().get(flag)) { return error; }
            nodes[0].kind = flag ? duet_json_true : duet_json_false;
            return SUCCESS;
        }
        case ondemand::json_type::null: {
            bool is_null;
            if (auto error = document.is_null().get(is_null)) { return error; }
            return is_null ? SUCCESS : N_ATOM_ERROR;
        }
        default:
            return INCORRECT_TYPE;
        }
    }

    error_code parse(const uint8_t *bytes, size_t length, size_t capacity) {
        static thread_local ondemand::parser parser;
        padded_string copy;
        padded_string_view view(bytes, length, capacity);
        if (capacity < length + SIMDJSON_PADDING) {
            copy = padded_string(reinterpret_cast<const char *>(bytes), length);
            view = padded_string_view(copy);
        }
        ondemand::document document;
        if (auto error = parser.iterate(view).get(document)) { return error; }
        bool scalar;
        if (auto error = document.is_scalar().get(scalar)) { return error; }
        if (scalar) {
            if (auto error = add_scalar(document)) { return error; }
        } else {
            ondemand::value root;
            if (auto error = document.get_value().get(root)) { return error; }
            if (auto error = add(root, 0, 0, 1)) { return error; }
        }
        // The location past the last token is out of bounds; anything else is trailing text.
        const char *rest;
        return document.current_location().get(rest) == OUT_OF_BOUNDS ? SUCCESS
                                                                      : TRAILING_CONTENT;
    }
};

template <typename Element> Element *copied(const std::vector<Element> &from) {
    auto *to = static_cast<Element *>(std::malloc(from.size() * sizeof(Element) + 1));
    if (to != nullptr && !from.empty()) {
        std::memcpy(to, from.data(), from.size() * sizeof(Element));
    }
    return to;
}
} // namespace

duet_json_document duet_json_parse(const uint8_t *bytes, size_t length, size_t capacity) {
    if (length > UINT32_MAX / 2) {
        return {nullptr, 0, nullptr, 0, static_cast<int>(simdjson::CAPACITY)};
    }
    Builder builder;
    builder.nodes.reserve(length / 12 + 1);
    builder.text.reserve(length + 1);
    auto error = builder.parse(bytes, length, capacity);
    if (error) { return {nullptr, 0, nullptr, 0, static_cast<int>(error)}; }
    return {copied(builder.nodes), builder.nodes.size(), copied(builder.text),
            builder.text.size(), 0};
}

void duet_json_free(duet_json_document document) {
    std::free(document.nodes);
    std::free(document.text);
}

const char *duet_json_error(int error) {
    return simdjson::error_message(static_cast<simdjson::error_code>(error));
}
