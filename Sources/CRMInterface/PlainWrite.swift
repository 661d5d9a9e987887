/// A write to a record of any object, outside a mapping.
package struct PlainWrite: Sendable, Hashable {
    package enum Target: Sendable, Hashable {
        /// It is repeated safely only where something unique of it is taken then.
        case new
        case id(String)
        /// The record with this value of a unique field; made where there is none.
        case key(field: String, value: String)
    }

    package var target: Target
    package var fields: [RecordWrite.Field]

    package init(_ target: Target, _ fields: [RecordWrite.Field]) {
        self.target = target
        self.fields = fields
    }

    /// Whether both go in one batch: by the same kind of target, and by the same key.
    package func isAlike(_ other: PlainWrite) -> Bool {
        switch (self.target, other.target) {
        case (.new, .new), (.id, .id): true
        case (.key(let field, _), .key(let same, _)): field == same
        case (.new, _), (.id, _), (.key, _): false
        }
    }
}

extension PlainWrite {
    /// The rows of a bulk file, one a write, its own column first: the id, or the key of an upsert.
    ///
    /// The writes are all alike (`isAlike`). `idColumn` is the vendor's name of the id, `cell` a
    /// field's value as the vendor reads it; a field that a write leaves alone is empty.
    package static func file(
        _ writes: [PlainWrite],
        fields: [String],
        idColumn: String,
        cell: (RecordWrite.Field) -> String
    ) -> [UInt8] {
        var file = CSVWriter(reserving: writes.count * 128)
        let own: String? =
            switch writes.first?.target {
            case .id: idColumn
            case .key(let field, _): field
            case .new, nil: nil
            }
        file.row([own].compactMap(\.self) + fields)
        for write in writes {
            var cells = fields.map { name in
                write.fields.first { $0.name == name }.map(cell) ?? ""
            }
            switch write.target {
            case .id(let value), .key(_, let value): cells.insert(value, at: 0)
            case .new: break
            }
            file.row(cells)
        }
        return file.bytes
    }
}

extension PlainWrite: CustomStringConvertible {
    /// The names of the fields; values are a person's.
    package var description: String {
        "PlainWrite(\(self.fields.map(\.name).joined(separator: ", ")))"
    }
}
