/// The shape of one object type.
struct MockObject: Sendable, Codable {
    var name: String
    var label: String
    var labelPlural: String
    var keyPrefix: String
    var isWritable: Bool
    var isCustom = false
    /// Deleted by an administrator; nobody sees it.
    var isRemoved = false
    /// What the user whose request it is may do with its records.
    var access = MockSalesforceObjectAccess.all
    private(set) var fields: [MockField] = []
    /// What a new row holds, by place.
    private(set) var defaultValues: [Value] = []
    /// The places that a create must fill.
    private(set) var requiredPlaces: [Int] = []
    private var placeByName: [String: Int] = [:]
    private var placeByRelationship: [String: Int] = [:]

    init(name: String, keyPrefix: String, isWritable: Bool) {
        self.name = name
        self.label = Self.labels[name]?.label ?? Self.words(name)
        self.labelPlural = Self.labels[name]?.plural ?? Self.plural(self.label)
        self.keyPrefix = keyPrefix
        self.isWritable = isWritable
    }

    /// What recorded replies have where it is not the name in words.
    private static let labels: [String: (label: String, plural: String)] = [
        "OpportunityContactRole": ("Opportunity Contact Role", "Opportunity Contact Role"),
        "UserRole": ("Role", "Role"),
    ]

    /// `CampaignMember` as people read it.
    private static func words(_ name: String) -> String {
        name.reduce(into: "") { text, letter in
            if letter.isUppercase, text.last?.isLowercase == true { text += " " }
            text.append(letter)
        }
    }

    private static func plural(_ name: String) -> String {
        if name.hasSuffix("y") { return name.dropLast() + "ies" }
        // Names that are plural already keep it.
        if name.hasSuffix("Permissions") { return name }
        return name + (name.hasSuffix("s") ? "es" : "s")
    }

    /// What `Type` of a reference to one of its records tells: groups own records as queues.
    var typeName: String { self.name == "Group" ? "Queue" : self.name }

    mutating func add(_ field: MockField) {
        if let place = self.placeByName[field.name.lowercased()] {
            self.fields[place] = field
            self.refreshPlaces()
            return
        }
        self.placeByName[field.name.lowercased()] = self.fields.count
        if let relationship = field.relationshipName {
            self.placeByRelationship[relationship.lowercased()] = self.fields.count
        }
        self.fields.append(field)
        self.refreshPlaces()
    }

    mutating func remove(_ name: String) {
        guard let place = self.placeByName[name.lowercased()] else { return }
        self.fields[place].isRemoved = true
        self.refreshPlaces()
    }

    /// Sets what the user of a request sees of a field; nothing else changes.
    mutating func conceal(_ place: Int, isConcealed: Bool, isLocked: Bool) {
        self.fields[place].isConcealed = isConcealed
        self.fields[place].isLocked = isLocked
    }

    private mutating func refreshPlaces() {
        self.defaultValues = self.fields.map(\.defaultValue)
        self.requiredPlaces = self.fields.indices.filter {
            self.fields[$0].isRequired && !self.fields[$0].isRemoved
        }
    }

    /// The place of a field that users can see, by its name in any case.
    func place(of name: String) -> Int? {
        guard let place = self.placeByName[name] ?? self.placeByName[name.lowercased()],
            self.fields[place].isVisible
        else { return nil }
        return place
    }

    /// The place of a field for the org's own rules, which see what the user may not.
    func systemPlace(of name: String) -> Int? {
        guard let place = self.placeByName[name] ?? self.placeByName[name.lowercased()],
            !self.fields[place].isRemoved
        else { return nil }
        return place
    }

    /// The place of the reference field whose relationship has that name.
    func place(ofRelationship name: String) -> Int? {
        guard let place = self.placeByRelationship[name.lowercased()],
            self.fields[place].isVisible
        else { return nil }
        return place
    }
}
