import CSimdJSON

/// A parsed document; it keeps the bytes it was read from, which `JSON` values point into.
///
/// A page is held once: strings and numbers stay where they stand in it, and only what was written
/// with escapes has a text of its own.
final class JSONDocument: Sendable {
    private let bytes: [UInt8]
    // Written once by the parser before the document is shared, and only read after that.
    nonisolated(unsafe) private let raw: duet_json_document

    /// - Throws: `JSONError` for anything that is not exactly one JSON value in UTF-8.
    init(parsing bytes: [UInt8]) throws(JSONError) {
        let raw = bytes.withUnsafeBufferPointer { buffer in
            // An empty array may have no base address; the parser then sees no byte.
            let start = buffer.baseAddress ?? UnsafePointer(bitPattern: 1)
            // The parser looks up to 64 bytes past the end and takes no notice of what is there; the
            // array's spare room will do, without it the parser makes a copy for the while.
            return duet_json_parse(start, buffer.count, bytes.capacity)
        }
        guard raw.error == 0 else {
            throw JSONError(reason: String(cString: duet_json_error(raw.error)))
        }
        self.bytes = bytes
        self.raw = raw
    }

    deinit {
        duet_json_free(self.raw)
    }

    func node(_ index: Int) -> duet_json_node {
        precondition(index >= 0 && index < self.raw.node_count, "node outside its document")
        return self.raw.nodes[index]
    }

    /// Lends a string's or a number's text, or a member's name.
    func withText<Result>(
        _ offset: UInt32,
        _ length: UInt32,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        if offset & duet_json_unescaped != 0 {
            let start = Int(offset & ~duet_json_unescaped)
            precondition(start + Int(length) <= self.raw.text_count, "text outside its document")
            return body(UnsafeBufferPointer(start: self.raw.text + start, count: Int(length)))
        }
        return self.bytes.withUnsafeBufferPointer { page in
            body(UnsafeBufferPointer(rebasing: page[Int(offset)..<Int(offset) + Int(length)]))
        }
    }
}
