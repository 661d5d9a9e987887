/// An object type of the portal: its names, its defaults and its properties.
package struct MockHubSpotObject: Sendable, Hashable, Codable {
    /// The plural name of paths, such as `contacts`.
    package var name: String
    /// Other names of paths: the singular and the object type id, such as `0-1`.
    package var aliases: [String]
    package var typeID: String
    /// The name inside messages, such as `CONTACT`.
    package var label: String
    /// The property that needs a value to be unique and is written lower-case, if any.
    package var emailProperty: String?
    /// The property that holds when a record was made.
    package var createdName = "createdate"
    /// The property that holds when a record was last written.
    package var modifiedName = "lastmodifieddate"
    /// Returned where a read names no properties; the id and the stamps always come.
    package var defaultProperties: [String]
    /// A create needs at least one of these.
    package var requiredOneOf: [String]
    /// A create needs each of these.
    package var requiredAll: [String] = []
    /// The properties that hold the pipeline and its stage, where records have one.
    package var pipelineProperty: String?
    package var stageProperty: String?
    /// The property that gets the time at which a record comes to a closed stage.
    package var closeProperty: String?
    /// What users see, where an administrator has named it.
    package var singularLabel: String?
    package var pluralLabel: String?
    package var description: String?
    /// What `query` of a search looks into.
    package var searchableProperties: [String] = []
    package var secondaryProperties: [String] = []
    /// A custom object type that was deleted.
    package var isArchived = false
    /// Stands at the names of scopes: `crm.objects.contacts.read`.
    package var scopeName: String
    /// The record id, the create stamp and the modify stamp come first, in this order.
    package var properties: [MockHubSpotProperty]

    /// Contacts of every portal with the keys of the sync.
    package static let contacts = MockHubSpotObject(
        name: "contacts",
        aliases: ["contact", "0-1"],
        typeID: "0-1",
        label: "CONTACT",
        emailProperty: "email",
        defaultProperties: ["email", "firstname", "lastname"],
        requiredOneOf: ["email", "firstname", "lastname"],
        scopeName: "contacts",
        properties: MockHubSpotProperty.contacts + MockHubSpotProperty.contactKeys
    )

    /// Whether a path's segment means this object type.
    func answers(to name: String) -> Bool {
        self.name == name || self.typeID == name || self.aliases.contains(name)
    }

    package init(
        name: String,
        aliases: [String],
        typeID: String,
        label: String,
        emailProperty: String? = nil,
        defaultProperties: [String],
        requiredOneOf: [String],
        scopeName: String,
        properties: [MockHubSpotProperty]
    ) {
        self.name = name
        self.aliases = aliases
        self.typeID = typeID
        self.label = label
        self.emailProperty = emailProperty
        self.defaultProperties = defaultProperties
        self.requiredOneOf = requiredOneOf
        self.scopeName = scopeName
        self.properties = properties
    }
}
