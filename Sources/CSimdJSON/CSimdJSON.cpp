#include "CSimdJSON.h"

#include <cstdlib>
#include <cstring>
// Errors are values: no exception may reach Swift.
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>
#include <type_traits>
#include <utility>

namespace {
using namespace simdjson;

// An array that is handed over as it grew: no second copy is made of it.
template <typename Element> struct Grown {
    static_assert(std::is_trivially_copyable<Element>::value, "moved by realloc");
    Element *data = nullptr;
    size_t count = 0;
    size_t capacity = 0;

    Grown() = default;
    Grown(const Grown &) = delete;
    Grown &operator=(const Grown &) = delete;
    ~Grown() { std::free(data); }

    bool reserve(size_t wanted) {
        if (wanted <= capacity) { return true; }
        auto *moved = static_cast<Element *>(std::realloc(data, wanted * sizeof(Element)));
        if (moved == nullptr) { return false; }
        data = moved;
        capacity = wanted;
        return true;
    }

    bool grow(size_t more) {
        if (count + more <= capacity) { return true; }
        size_t doubled = capacity * 2;
        return reserve(doubled > count + more ? doubled : count + more);
    }

    // The slack goes back: a document may live long.
    Element *handed_over() {
        auto *fitted = static_cast<Element *>(std::realloc(data, count * sizeof(Element) + 1));
        Element *result = fitted != nullptr ? fitted : data;
        data = nullptr;
        return result;
    }
};

struct Builder {
    Grown<duet_json_node> nodes;
    // Only what was escaped; everything else is pointed to where it stands in the page.
    Grown<uint8_t> text;
    const char *page = nullptr;
    size_t page_length = 0;

    error_code push(uint32_t name_offset, uint32_t name_length) {
        if (!nodes.grow(1)) { return MEMALLOC; }
        nodes.data[nodes.count] = {0, 0, name_offset, name_length, 0, 0, duet_json_null};
        nodes.count += 1;
        return SUCCESS;
    }

    uint32_t place(const char *start) const { return static_cast<uint32_t>(start - page); }

    error_code put(std::string_view view, uint32_t &offset, uint32_t &length) {
        if (!text.grow(view.size())) { return MEMALLOC; }
        if (!view.empty()) { std::memcpy(text.data + text.count, view.data(), view.size()); }
        offset = static_cast<uint32_t>(text.count) | duet_json_unescaped;
        length = static_cast<uint32_t>(view.size());
        text.count += view.size();
        return SUCCESS;
    }

    // The text of a number or of a quoted token, without the white space after it.
    static std::string_view trimmed(std::string_view token) {
        return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
    }

    error_code name(ondemand::field &field, uint32_t &offset, uint32_t &length) {
        const char *start = field.key().raw();
        size_t rest = page_length - place(start);
        auto *end = static_cast<const char *>(std::memchr(start, '"', rest));
        if (end == nullptr) { return STRING_ERROR; }
        size_t size = static_cast<size_t>(end - start);
        if (std::memchr(start, '\\', size) == nullptr) {
            offset = place(start);
            length = static_cast<uint32_t>(size);
            return SUCCESS;
        }
        std::string_view name;
        if (auto error = field.unescaped_key().get(name)) { return error; }
        return put(name, offset, length);
    }

    // A value or a whole document: both have the same calls.
    template <typename Source> error_code string(Source &value, size_t index) {
        std::string_view token;
        if (auto error = simdjson_result<std::string_view>(value.raw_json_token()).get(token)) {
            return error;
        }
        token = trimmed(token);
        auto &node = nodes.data[index];
        node.kind = duet_json_string;
        if (std::memchr(token.data(), '\\', token.size()) != nullptr) {
            std::string_view string;
            if (auto error = value.get_string().get(string)) { return error; }
            return put(string, node.offset, node.length);
        }
        ondemand::raw_json_string ignored;
        if (auto error = value.get_raw_json_string().get(ignored)) { return error; }
        if (token.size() < 2 || token.back() != '"') { return STRING_ERROR; }
        node.offset = place(token.data() + 1);
        node.length = static_cast<uint32_t>(token.size() - 2);
        return SUCCESS;
    }

    // The parser takes 1,024 levels and, in debug builds, asserts that nobody asks for more.
    static constexpr uint32_t depth_max = 1000;

    error_code add(ondemand::value value, uint32_t name_offset, uint32_t name_length,
                   uint32_t depth) {
        if (depth > depth_max) { return DEPTH_ERROR; }
        size_t index = nodes.count;
        if (auto error = push(name_offset, name_length)) { return error; }
        ondemand::json_type type;
        if (auto error = value.type().get(type)) { return error; }
        uint32_t count = 0;
        switch (type) {
        case ondemand::json_type::object: {
            ondemand::object object;
            if (auto error = value.get_object().get(object)) { return error; }
            for (auto result : object) {
                ondemand::field field;
                if (auto error = std::move(result).get(field)) { return error; }
                uint32_t at = 0, size = 0;
                if (auto error = name(field, at, size)) { return error; }
                if (auto error = add(field.value(), at, size, depth + 1)) { return error; }
                count += 1;
            }
            nodes.data[index].kind = duet_json_object;
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
            nodes.data[index].kind = duet_json_array;
            break;
        }
        case ondemand::json_type::string: {
            if (auto error = string(value, index)) { return error; }
            break;
        }
        case ondemand::json_type::number: {
            ondemand::number number;
            std::string_view raw = trimmed(value.raw_json_token());
            if (auto error = value.get_number().get(number)) { return error; }
            nodes.data[index].offset = place(raw.data());
            nodes.data[index].length = static_cast<uint32_t>(raw.size());
            nodes.data[index].kind = duet_json_number;
            break;
        }
        case ondemand::json_type::boolean: {
            bool flag;
            if (auto error = value.get_bool().get(flag)) { return error; }
            nodes.data[index].kind = flag ? duet_json_true : duet_json_false;
            break;
        }
        case ondemand::json_type::null: {
            bool is_null;
            if (auto error = value.is_null().get(is_null)) { return error; }
            if (!is_null) { return N_ATOM_ERROR; }
            break;
        }
        }
        nodes.data[index].count = count;
        nodes.data[index].after = static_cast<uint32_t>(nodes.count);
        return SUCCESS;
    }

    // A scalar document cannot be taken as a value, so it is read by its own calls.
    error_code add_scalar(ondemand::document &document) {
        if (auto error = push(0, 0)) { return error; }
        nodes.data[0].after = 1;
        ondemand::json_type type;
        if (auto error = document.type().get(type)) { return error; }
        switch (type) {
        case ondemand::json_type::string: {
            return string(document, 0);
        }
        case ondemand::json_type::number: {
            std::string_view raw;
            if (auto error = document.raw_json_token().get(raw)) { return error; }
            raw = trimmed(raw);
            double ignored;
            if (auto error = document.get_double().get(ignored)) { return error; }
            nodes.data[0].offset = place(raw.data());
            nodes.data[0].length = static_cast<uint32_t>(raw.size());
            nodes.data[0].kind = duet_json_number;
            return SUCCESS;
        }
        case ondemand::json_type::boolean: {
            bool flag;
            if (auto error = document.get_bool().get(flag)) { return error; }
            nodes.data[0].kind = flag ? duet_json_true : duet_json_false;
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
        page = view.data();
        page_length = length;
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

} // namespace

duet_json_document duet_json_parse(const uint8_t *bytes, size_t length, size_t capacity) {
    if (length > UINT32_MAX / 2) {
        return {nullptr, 0, nullptr, 0, static_cast<int>(simdjson::CAPACITY)};
    }
    Builder builder;
    // Records have a value about every 37 bytes.
    auto error = builder.nodes.reserve(length / 32 + 8) ? SUCCESS : MEMALLOC;
    if (!error) { error = builder.parse(bytes, length, capacity); }
    if (error) { return {nullptr, 0, nullptr, 0, static_cast<int>(error)}; }
    size_t nodes = builder.nodes.count, text = builder.text.count;
    return {builder.nodes.handed_over(), nodes, builder.text.handed_over(), text, 0};
}

void duet_json_free(duet_json_document document) {
    std::free(document.nodes);
    std::free(document.text);
}

const char *duet_json_error(int error) {
    return simdjson::error_message(static_cast<simdjson::error_code>(error));
}
