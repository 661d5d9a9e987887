import CSimdJSON

/// One value of a parsed JSON document, parsed by simdjson; cheap to copy.
package struct JSON: Sendable {
    package enum Kind: Sendable, Hashable {
        case null
        case boolean
        case number
        case string
        case array
        case object
    }

    let document: JSONDocument
    let index: Int

    /// Parses a whole document.
    ///
    /// - Throws: `JSONError` for anything that is not exactly one JSON value in UTF-8.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        self.document = try JSONDocument(parsing: bytes)
        self.index = 0
    }

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    package var kind: Kind {
        switch Int(self.node.kind) {
        case duet_json_false, duet_json_true: .boolean
        case duet_json_number: .number
        case duet_json_string: .string
        case duet_json_array: .array
        case duet_json_object: .object
        default: .null
        }
    }

    package var isNull: Bool { self.kind == .null }

    /// The number of elements or members; 0 for a scalar.
    package var count: Int { Int(self.node.count) }

    /// The text of a string; `nil` for any other kind.
    package var string: String? {
        self.kind == .string ? self.withText { String(decoding: $0, as: UTF8.self) } : nil
    }

    /// The unescaped bytes of a string, or a number as it was written; `nil` for other kinds.
    package var bytes: [UInt8]? {
        switch self.kind {
        case .string, .number: self.withText { Array($0) }
        case .null, .boolean, .array, .object: nil
        }
    }

    /// A number as it was written, so that no digit is lost.
    package var numberText: String? {
        self.kind == .number ? self.withText { String(decoding: $0, as: UTF8.self) } : nil
    }

    /// A whole number, also where it was sent as a string of digits.
    package var integer: Int64? {
        switch self.kind {
        case .string, .number: self.withText { Int64(String(decoding: $0, as: UTF8.self)) }
        case .null, .boolean, .array, .object: nil
        }
    }

    package var double: Double? {
        self.numberText.flatMap(Double.init)
    }

    package var boolean: Bool? {
        switch Int(self.node.kind) {
        case duet_json_true: true
        case duet_json_false: false
        default: nil
        }
    }

    /// The member of that name, or `nil`; the first one where a name stands twice.
    package subscript(_ name: String) -> JSON? {
        var name = name
        return name.withUTF8 { wanted in
            for member in self.children where self.document.hasName(wanted, at: member) {
                return JSON(document: self.document, index: member)
            }
            return nil
        }
    }

    /// The element at a place, or `nil`.
    package subscript(_ place: Int) -> JSON? {
        guard self.kind == .array, place >= 0, place < self.count else { return nil }
        for (offset, child) in self.children.enumerated() where offset == place {
            return JSON(document: self.document, index: child)
        }
        return nil
    }

    /// The elements of an array; none for any other kind.
    package var elements: [JSON] {
        guard self.kind == .array else { return [] }
        return self.children.map { JSON(document: self.document, index: $0) }
    }

    /// The members of an object in the order of the text; none for any other kind.
    package var members: [(name: String, value: JSON)] {
        guard self.kind == .object else { return [] }
        return self.children.map { child in
            (self.document.name(at: child), JSON(document: self.document, index: child))
        }
    }

    private var node: duet_json_node { self.document.node(self.index) }

    private func withText<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let node = self.node
        return self.document.withText(node.offset, node.length, body)
    }

    private var children: JSONChildren {
        let node = self.node
        return JSONChildren(
            document: self.document,
            upcoming: self.index + 1,
            end: node.count == 0 ? self.index + 1 : Int(node.after)
        )
    }
}

extension JSONDocument {
    fileprivate func name(at index: Int) -> String {
        let node = self.node(index)
        return self.withText(node.name_offset, node.name_length) {
            String(decoding: $0, as: UTF8.self)
        }
    }

    fileprivate func hasName(_ wanted: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let node = self.node(index)
        guard Int(node.name_length) == wanted.count else { return false }
        return self.withText(node.name_offset, node.name_length) { name in
            name.indices.allSatisfy { name[$0] == wanted[$0] }
        }
    }
}
