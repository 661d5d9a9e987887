/// One thing by which a person who was erased is recognised: an e-mail address or the id of a record.
///
/// The store keeps it as a keyed hash only.
package enum PersonName: Sendable, Hashable {
    /// In lower case, as both CRMs compare addresses.
    case address(String)
    /// The id of a HubSpot contact, or of a Salesforce contact, lead or person account.
    case record(String, Side)

    /// What is hashed.
    package var text: String {
        switch self {
        case .address(let address): "address \(address)"
        case .record(let id, let side): "\(side.rawValue) \(id)"
        }
    }
}
