import SyncCore

/// What somebody said of whom a record is with.
struct PartnerWord: Sendable, Hashable {
    var side: Side
    /// HubSpot's object.
    var object: String
    /// By its own CRM's id.
    var record: String
    /// By that CRM's id; `nil` for nobody.
    var contact: String?
    /// Whether the record is with that one besides those that it was with.
    var isFurther: Bool
    /// True time.
    var at: Int64
}
