/// That an imported record belongs to another one.
package struct ImportTie: Sendable, Hashable {
    /// The other record's object.
    package var object: String
    /// The field whose value names the other record; `nil` for its id where the export was made.
    package var by: String?
    package var value: String
    /// The reference field that holds the other one's id, in Salesforce.
    package var field: String?
}
