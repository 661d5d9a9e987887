/// A kind of e-mails that people subscribe to.
package struct MockHubSpotSubscriptionType: Sendable, Hashable, Codable {
    package var id: Int64
    package var name: String
    package var description: String
    package var category: String

    package init(id: Int64, name: String, description: String, category: String) {
        self.id = id
        self.name = name
        self.description = description
        self.category = category
    }
}
