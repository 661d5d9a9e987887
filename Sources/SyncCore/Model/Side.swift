/// One of the two CRMs of a pair.
package enum Side: String, Sendable, Hashable, CaseIterable, Codable {
    case hubspot
    case salesforce

    /// The CRM across the mapping.
    package var other: Side {
        switch self {
        case .hubspot: .salesforce
        case .salesforce: .hubspot
        }
    }
}
