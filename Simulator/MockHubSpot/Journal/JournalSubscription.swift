import WireJSON

/// What one app wants to find in its journal.
struct JournalSubscription: Sendable, Codable {
    enum Kind: String, Sendable, Codable {
        case object = "OBJECT"
        case association = "ASSOCIATION"
        case listMembership = "LIST_MEMBERSHIP"
        case privacyDeletion = "GDPR_PRIVACY_DELETION"
        case appLifecycle = "APP_LIFECYCLE_EVENT"

        /// What it can be told of.
        var actions: [String] {
            switch self {
            case .object: ["CREATE", "UPDATE", "DELETE", "MERGE", "RESTORE"]
            case .association: ["ASSOCIATION_ADDED", "ASSOCIATION_REMOVED"]
            case .listMembership: ["ADDED_TO_LIST", "REMOVED_FROM_LIST"]
            case .privacyDeletion: ["GDPR_DELETE"]
            case .appLifecycle: ["APP_INSTALL", "APP_UNINSTALL"]
            }
        }

        /// The members that a request must have.
        var required: [String] {
            switch self {
            case .object: ["portalId", "objectTypeId", "objectIds", "properties", "actions"]
            case .association:
                ["portalId", "objectTypeId", "objectIds", "associatedObjectTypeIds", "actions"]
            case .listMembership: ["portalId", "listIds", "objectIds", "actions"]
            case .privacyDeletion: ["portalId", "objectTypeId", "actions"]
            case .appLifecycle: ["eventTypeId", "properties"]
            }
        }
    }

    var id: Int64
    var appID: Int64
    var kind: Kind
    var actions: [String]
    var portalID: Int64?
    var objectTypeID: String
    /// Empty for all, as the other lists.
    var objectIDs: [Int64]
    var properties: [String]
    var associatedTypeIDs: [String]
    var listIDs: [Int64]
    var createdAt: Int64
    var updatedAt: Int64

    /// The same subscription asked for again is the one that is there.
    func isSame(_ other: Self) -> Bool {
        self.appID == other.appID && self.kind == other.kind && self.portalID == other.portalID
            && self.objectTypeID == other.objectTypeID && self.objectIDs == other.objectIDs
            && self.listIDs == other.listIDs && self.associatedTypeIDs == other.associatedTypeIDs
    }

    func write(into item: inout JSONWriter) {
        item.member("id", self.id)
        item.member("appId", self.appID)
        item.member("subscriptionType", self.kind.rawValue)
        item.member("objectTypeId", self.objectTypeID)
        if let portalID { item.member("portalId", portalID) }
        item.name("actions")
        item.array { list in for action in self.actions { list.string(action) } }
        item.name("objectIds")
        item.array { list in for id in self.objectIDs { list.integer(id) } }
        item.name("properties")
        item.array { list in for name in self.properties { list.string(name) } }
        item.name("associatedObjectTypeIds")
        item.array { list in for type in self.associatedTypeIDs { list.string(type) } }
        item.name("listIds")
        item.array { list in for id in self.listIDs { list.integer(id) } }
        item.member("createdAt", ServerTime.iso(self.createdAt))
        item.member("updatedAt", ServerTime.iso(self.updatedAt))
    }
}
