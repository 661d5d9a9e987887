/// An object type that a HubSpot account made itself, with what its schema says beside its properties.
package struct CustomObject: Sendable, Hashable, Codable {
    /// `car`.
    package var name: String
    /// `p9900001_car`: the name with the account's number.
    package var fullName: String
    /// `2-123`: what paths and ties name it by.
    package var typeID: String
    package var singular: String
    package var plural: String
    /// The property by which people know a record.
    package var shownBy: String?
    /// The properties that every new record needs.
    package var needs: [String]

    package init(
        name: String,
        fullName: String,
        typeID: String,
        singular: String,
        plural: String,
        shownBy: String?,
        needs: [String]
    ) {
        self.name = name
        self.fullName = fullName
        self.typeID = typeID
        self.singular = singular
        self.plural = plural
        self.shownBy = shownBy
        self.needs = needs
    }

    /// Whether people may mean it by a word: its name, its full name with or without the account's number, its type, or
    /// what it is called on the screen.
    package func answers(to word: String) -> Bool {
        let word = word.lowercased()
        let names = [
            self.name, self.fullName, "p_" + self.name, self.typeID, self.singular, self.plural,
        ]
        return names.contains { $0.lowercased() == word }
    }
}
