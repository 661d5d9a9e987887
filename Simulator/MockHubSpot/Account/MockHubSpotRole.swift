/// What several people may do: a permission set.
package struct MockHubSpotRole: Sendable, Hashable, Codable {
    package var id: Int64
    package var name: String
    /// Whether it has paid seats.
    package var requiresBillingWrite: Bool

    package init(id: Int64, name: String, requiresBillingWrite: Bool = false) {
        self.id = id
        self.name = name
        self.requiresBillingWrite = requiresBillingWrite
    }
}
