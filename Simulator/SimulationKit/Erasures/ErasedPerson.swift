/// Somebody whom an operator erased from the store.
struct ErasedPerson: Sendable, Hashable {
    var address: String
    var hubspotID: String
    var salesforceID: String
    /// True time.
    var at: Int64

    /// How the names begin that nobody but such a person has.
    static let mark = "Ghost."
}
