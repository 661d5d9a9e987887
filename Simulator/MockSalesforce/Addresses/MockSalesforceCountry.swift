/// A country of an org with picklists of states and countries.
package struct MockSalesforceCountry: Sendable, Hashable, Codable {
    package struct State: Sendable, Hashable, Codable {
        package var code: String
        package var name: String
        /// What the text beside the code holds where an administrator has changed it.
        package var integrationValue: String?

        package init(_ code: String, _ name: String, integrationValue: String? = nil) {
            self.code = code
            self.name = name
            self.integrationValue = integrationValue
        }

        /// What the text beside the code holds.
        var text: String { self.integrationValue ?? self.name }
    }

    package var code: String
    package var name: String
    /// What the text beside the code holds where an administrator has changed it.
    package var integrationValue: String?
    package var states: [State]

    package init(
        _ code: String,
        _ name: String,
        integrationValue: String? = nil,
        states: [State] = []
    ) {
        self.code = code
        self.name = name
        self.integrationValue = integrationValue
        self.states = states
    }

    /// What the text beside the code holds.
    var text: String { self.integrationValue ?? self.name }
}
