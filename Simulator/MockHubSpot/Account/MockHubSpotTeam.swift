/// People who work together; each of them has one main team at most.
package struct MockHubSpotTeam: Sendable, Hashable, Codable {
    package var id: Int64
    package var name: String
    /// By user id: those whose main team it is, and those who belong to it besides.
    package var members: [Int64]
    package var secondaryMembers: [Int64]

    package init(
        id: Int64,
        name: String,
        members: [Int64] = [],
        secondaryMembers: [Int64] = []
    ) {
        self.id = id
        self.name = name
        self.members = members
        self.secondaryMembers = secondaryMembers
    }
}
