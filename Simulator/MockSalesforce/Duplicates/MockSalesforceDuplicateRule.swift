/// A duplicate rule of the org: what happens to a record that another one matches.
package struct MockSalesforceDuplicateRule: Sendable, Hashable, Codable {
    package enum Action: Sendable, Hashable, Codable {
        /// The record is refused unless the client sends `allowSave=true`; people see a warning.
        case alert
        /// The record is refused, whatever the client sends.
        case block
    }

    package var object: String
    /// The developer name, which replies name as `duplicateRule`.
    package var name: String
    /// `nil` lets duplicates pass.
    package var onCreate: Action?
    /// Asked only where the update changes a field that is compared; `nil` lets duplicates pass.
    package var onUpdate: Action?
    /// The administrator's text.
    package var message: String
    package var matchingRules: [MockSalesforceMatchingRule]

    package init(
        object: String,
        name: String,
        onCreate: Action? = .alert,
        onUpdate: Action? = nil,
        message: String = "Use one of these records?",
        matchingRules: [MockSalesforceMatchingRule]
    ) {
        self.object = object
        self.name = name
        self.onCreate = onCreate
        self.onUpdate = onUpdate
        self.message = message
        self.matchingRules = matchingRules
    }

    /// The three rules that new orgs have, under the vendor's names and with a simple comparison.
    ///
    /// That they alert on creates alone is from memory.
    package static let standard = [
        standard(
            "Account",
            rule: "Standard_Account_Match_Rule_v1_0",
            [
                [.init("Name", .normalised), .init("Phone", .digits)],
                [.init("Name", .normalised), .init("Website", .normalised)],
                [.init("Name", .normalised), .init("BillingPostalCode", .normalised)],
            ]
        ),
        standard(
            "Contact",
            rule: "Standard_Contact_Match_Rule_v1_1",
            [
                [.init("Email", .exact)],
                [
                    .init("FirstName", .normalised), .init("LastName", .normalised),
                    .init("Phone", .digits),
                ],
            ]
        ),
        standard(
            "Lead",
            rule: "Standard_Lead_Match_Rule_v1_0",
            [
                [.init("Email", .exact)],
                [
                    .init("FirstName", .normalised), .init("LastName", .normalised),
                    .init("Company", .normalised),
                ],
            ]
        ),
    ]

    private static func standard(
        _ object: String,
        rule: String,
        _ alternatives: [[MockSalesforceMatchingRule.Field]]
    ) -> MockSalesforceDuplicateRule {
        MockSalesforceDuplicateRule(
            object: object,
            name: "Standard_\(object)_Duplicate_Rule",
            matchingRules: [
                MockSalesforceMatchingRule(
                    object: object,
                    name: rule,
                    engine: "FuzzyMatchEngine",
                    alternatives: alternatives
                )
            ]
        )
    }
}
