/// Why the portal did not take a person's edit.
package enum MockHubSpotRefusal: Error, Sendable, Hashable {
    case unknownObject
    case unknownRecord
    /// The codes of all properties that were not valid, such as `INVALID_OPTION`.
    case invalid(codes: [String])
    /// The e-mail, or another unique value, belongs to that record.
    case conflict(existingID: String)
}
