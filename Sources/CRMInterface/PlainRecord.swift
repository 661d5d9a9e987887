package import SyncCore

/// A record of any object, with the values that were asked for as the vendor wrote them.
///
/// A sync of a mapping reads `RecordRow`s instead, which hold normalised bytes.
package struct PlainRecord: Sendable, Hashable {
    /// One value; `nil` is unset.
    package struct Field: Sendable, Hashable {
        /// The vendor's field name; a parent's field is `Account.Name`.
        package var name: String
        package var value: String?

        package init(_ name: String, _ value: String?) {
            self.name = name
            self.value = value
        }
    }

    package var id: String
    /// In the order of the reply.
    package var fields: [Field]
    package var isDeleted: Bool
    package var modified: ServerTime?
    /// Records that hang on this one, by the name of the relationship.
    package var children: [String: Children]

    /// The first page of the records of one relationship.
    package struct Children: Sendable, Hashable {
        package var records: [PlainRecord]
        /// The vendor's locator of the next page; `nil` where there is none.
        package var next: String?

        package init(records: [PlainRecord], next: String?) {
            self.records = records
            self.next = next
        }
    }

    package init(
        id: String,
        fields: [Field],
        isDeleted: Bool = false,
        modified: ServerTime? = nil,
        children: [String: Children] = [:]
    ) {
        self.id = id
        self.fields = fields
        self.isDeleted = isDeleted
        self.modified = modified
        self.children = children
    }

    /// The value of a field; `nil` where it is unset or was not asked for.
    package subscript(_ name: String) -> String? {
        self.fields.first { $0.name == name }?.value
    }
}

extension PlainRecord: CustomStringConvertible {
    /// The id; values are a person's.
    package var description: String { "PlainRecord(\(self.id))" }
}
