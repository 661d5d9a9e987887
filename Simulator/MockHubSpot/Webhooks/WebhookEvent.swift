/// One event of one subscription on its way to the app.
struct WebhookEvent: Sendable, Codable {
    /// What the event is about, beside the record.
    enum Detail: Sendable, Codable {
        case none
        case flag(String)
        case property(ChangeEvent.Field)
        case merge(primary: Int64, merged: [Int64], moved: Int)
        case completion(OccurredEvent)
        case association(AssociationTable.Change, name: String, isPrimary: Bool)
    }

    var id: Int64
    var subscriptionID: Int64
    var subscriptionType: String
    /// Only the `object.*` events name it.
    var objectTypeID: String?
    var occurredAt: Int64
    var readyAt: Int64
    var objectID: Int64
    var author: MockHubSpotAuthor
    var detail: Detail
}
