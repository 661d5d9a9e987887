import CSimdJSON

/// A parsed document; it owns the nodes and the unescaped text that `JSON` values point into.
final class JSONDocument: Sendable {
    // Written once by the parser before the document is shared, and only read after that.
    nonisolated(unsafe) let raw: duet_json_document

    init(raw: duet_json_document) {
        self.raw = raw
    }

    deinit {
        duet_json_free(self.raw)
    }

    func node(_ index: Int) -> duet_json_node {
        precondition(index >= 0 && index < self.raw.node_count, "node outside its document")
        return self.raw.nodes[index]
    }

    func text(_ offset: UInt32, _ length: UInt32) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: self.raw.text + Int(offset), count: Int(length))
    }
}
