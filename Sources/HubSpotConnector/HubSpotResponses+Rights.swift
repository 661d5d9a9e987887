import SyncCore
import WireJSON

extension HubSpotResponses {
    /// The scopes that a reply about a token lists.
    static func scopes(_ json: JSON) throws(SyncError) -> Set<String> {
        guard let scopes = json["scopes"] else { throw HubSpotFailures.malformed() }
        return Set(scopes.elements.compactMap(\.string))
    }
}
