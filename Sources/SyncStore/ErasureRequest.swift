package import SyncCore

/// Whom a person asks to be erased from the store.
package struct ErasureRequest: Sendable {
    /// As the person was named: addresses, ids, or both.
    package var person: Person
    /// The mappings whose records are people.
    package var fields: [PeopleFields]
    /// Whether others who have an address of the person's stay, and with them the address.
    package var isOnlyNamed: Bool
    /// The command as it was given, without what was typed to name the person.
    package var command: String

    package init(
        person: Person,
        fields: [PeopleFields],
        isOnlyNamed: Bool = false,
        command: String
    ) {
        self.person = person
        self.fields = fields
        self.isOnlyNamed = isOnlyNamed
        self.command = command
    }
}
