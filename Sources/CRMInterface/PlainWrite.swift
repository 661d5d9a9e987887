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
}

extension PlainWrite: CustomStringConvertible {
    /// The names of the fields; values are a person's.
    package var description: String {
        "PlainWrite(\(self.fields.map(\.name).joined(separator: ", ")))"
    }
}
