/// Something that happened to a record, as the portal's history tells it.
struct ChangeEvent: Sendable {
    enum Kind: Sendable {
        /// With the values that it was made with.
        case creation([Field])
        case update([Field])
        case deletion
        case restore
        case privacyDeletion
        case merge(primary: Int64, merged: [Int64], moved: Int)
        case association(AssociationTable.Change)
        case membership(list: String, isAdded: Bool)
        /// A record did something: a custom event or one of HubSpot's own.
        case completion(OccurredEvent)
    }

    /// A property with its new value; an empty one was cleared.
    struct Field: Sendable, Hashable, Codable {
        var name: String
        var value: String
    }

    var at: Int64
    /// The record's object type id, such as `0-1`.
    var type: String
    var id: Int64
    var author: MockHubSpotAuthor
    var kind: Kind
    /// The record's values after it.
    var values: [String: String] = [:]
}
