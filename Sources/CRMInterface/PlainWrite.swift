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

extension PlainWrite: CustomStringConvertible {
    /// The names of the fields; values are a person's.
    package var description: String {
        "PlainWrite(\(self.fields.map(\.name).joined(separator: ", ")))"
    }
}
