/// A validation rule of the org: a record that meets the condition is refused.
package struct MockSalesforceValidationRule: Sendable, Hashable, Codable {
    package enum Condition: Sendable, Hashable, Codable {
        case isBlank
        case longer(than: Int)
        case shorter(than: Int)
        case outside(ClosedRange<Double>)
        case equals(MockSalesforceValue)
        /// Blank although the other field is set.
        case isBlankWhileSet(other: String)
    }

    package var object: String
    package var field: String
    package var condition: Condition
    /// The administrator's own text.
    package var message: String
    /// Where the error shows; `nil` is the top of the page.
    package var errorField: String?

    package init(
        object: String,
        field: String,
        condition: Condition,
        message: String,
        errorField: String? = nil
    ) {
        self.object = object
        self.field = field
        self.condition = condition
        self.message = message
        self.errorField = errorField
    }
}
