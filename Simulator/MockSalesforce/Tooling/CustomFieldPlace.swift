/// Where a custom field stands, and the id that the Tooling API gives it.
struct CustomFieldPlace: Sendable, Hashable {
    /// More than an object ever has.
    private static let fieldsPerObject = 10_000

    var table: Int
    var place: Int

    var id: String {
        SalesforceID.make(prefix: "00N", number: self.table * Self.fieldsPerObject + self.place)
    }
}
