/// A before-save flow of the org: it rewrites a field in the same transaction.
package struct MockSalesforceFlowRule: Sendable, Hashable, Codable {
    package enum Action: Sendable, Hashable, Codable {
        case set(MockSalesforceValue)
        case copy(from: String)
        case upperCase
        /// The flow fails, and the record with it.
        case fail(message: String)
    }

    package var object: String
    package var field: String
    package var action: Action

    package init(object: String, field: String, action: Action) {
        self.object = object
        self.field = field
        self.action = action
    }
}
