/// What becomes of a record when the one that it points to is deleted.
package enum MockLookupRule: String, Sendable, Hashable, Codable {
    /// The reference is emptied.
    case setNull = "SetNull"
    /// Nothing is deleted while something points to it.
    case restrict = "Restrict"
    /// It goes to the recycle bin too.
    case cascade = "Cascade"
}
