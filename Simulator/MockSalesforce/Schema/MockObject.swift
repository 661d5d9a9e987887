/// The shape of one object type.
struct MockObject: Sendable {
    var name: String
    var label: String
    var labelPlural: String
    var keyPrefix: String
    var isWritable: Bool
    private(set) var fields: [MockField] = []
    private var placeByName: [String: Int] = [:]
    private var placeByRelationship: [String: Int] = [:]

    init(name: String, keyPrefix: String, isWritable: Bool) {
        self.name = name
        self.label = name
        self.labelPlural = name + "s"
        self.keyPrefix = keyPrefix
        self.isWritable = isWritable
    }

    mutating func add(_ field: MockField) {
        if let place = self.placeByName[field.name.lowercased()] {
            self.fields[place] = field
            return
        }
        self.placeByName[field.name.lowercased()] = self.fields.count
        if let relationship = field.relationshipName {
            self.placeByRelationship[relationship.lowercased()] = self.fields.count
        }
        self.fields.append(field)
    }

    mutating func remove(_ name: String) {
        guard let place = self.placeByName[name.lowercased()] else { return }
        self.fields[place].isRemoved = true
    }

    /// The place of a field that users can see, by its name in any case.
    func place(of name: String) -> Int? {
        guard let place = self.placeByName[name] ?? self.placeByName[name.lowercased()],
            !self.fields[place].isRemoved
        else { return nil }
        return place
    }

    /// The place of the reference field whose relationship has that name.
    func place(ofRelationship name: String) -> Int? {
        guard let place = self.placeByRelationship[name.lowercased()],
            !self.fields[place].isRemoved
        else { return nil }
        return place
    }
}
