/// A tie of a record to another one, as one CRM shows it.
package struct RelatedRecord: Sendable, Hashable {
    /// The record at the other end, by this CRM's id.
    package var id: String
    /// What a label or the object in between says of it; `nil` for nothing, and for what the mapping does not list.
    package var role: String?
    /// The record in between, which Salesforce has.
    package var rowID: String?
    /// Whether a role or label stands there that the mapping does not list: it stays.
    package var hasOwnRole = false

    package init(id: String, role: String? = nil, rowID: String? = nil) {
        self.id = id
        self.role = role
        self.rowID = rowID
    }
}
