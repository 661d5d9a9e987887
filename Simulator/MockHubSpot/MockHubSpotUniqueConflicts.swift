/// How a value is refused that another record has, where the property is unique and no e-mail.
package enum MockHubSpotUniqueConflicts: String, Sendable, Hashable, Codable {
    /// 400 that names the property, the value and both records, as recorded replies do.
    case coordinates
    /// 400 with the code `CONFLICTING_UNIQUE_VALUE` for the property.
    case coded
    /// 409 that names the record, as for an e-mail.
    case conflict
}
