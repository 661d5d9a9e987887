/// What one app wants to be told by push.
struct WebhookSubscription: Sendable, Codable {
    var id: Int64
    /// Such as `contact.propertyChange`.
    var eventType: String
    var propertyName: String?
    var objectTypeID: String?
    var eventTypeName: String?
    var isActive: Bool
    var createdAt: Int64
    var updatedAt: Int64

    /// The object type that it is about; `nil` for conversations and custom events.
    var subject: String? {
        let name = self.eventType.split(separator: ".").first.map(String.init) ?? ""
        return name == "object" ? self.objectTypeID : Self.typeIDs[name]
    }

    /// Whether its events name the object type.
    var isTyped: Bool { self.isGeneric || self.eventType == "event.completed" }

    var isGeneric: Bool { self.eventType.hasPrefix("object.") }

    /// The part after the dot.
    var verb: String {
        self.eventType.split(separator: ".").last.map(String.init) ?? ""
    }

    static let typeIDs = [
        "contact": "0-1", "company": "0-2", "deal": "0-3", "ticket": "0-5", "product": "0-7",
        "line_item": "0-8",
    ]

    /// From the OpenAPI file: every object has these, but products have no associations, and
    /// contacts are deleted for privacy as well.
    static let eventTypes: Set<String> = {
        let verbs = [
            "creation", "deletion", "merge", "propertyChange", "restore", "associationChange",
        ]
        var all = Set(
            (WebhookSubscription.typeIDs.keys + ["object"]).flatMap { name in
                verbs.map { "\(name).\($0)" }
            }
        )
        all.remove("product.associationChange")
        all.insert("contact.privacyDeletion")
        all.insert("event.completed")
        let conversation = [
            "creation", "deletion", "newMessage", "privacyDeletion", "propertyChange",
        ]
        all.formUnion(conversation.map { "conversation.\($0)" })
        return all
    }()
}
