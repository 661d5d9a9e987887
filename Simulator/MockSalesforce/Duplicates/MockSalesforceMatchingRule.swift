/// What makes two records the same person or company in a duplicate rule.
///
/// A plain stand-in for the vendor's match engines: values are compared as they are or in a
/// normalised form, never by likeness. A blank value matches nothing.
package struct MockSalesforceMatchingRule: Sendable, Hashable, Codable {
    package enum Method: Sendable, Hashable, Codable {
        /// The same text, without regard to case.
        case exact
        /// The same letters and digits, without regard to case, blanks and signs.
        case normalised
        /// The same digits, for telephone numbers.
        case digits
    }

    package struct Field: Sendable, Hashable, Codable {
        package var name: String
        package var method: Method

        package init(_ name: String, _ method: Method) {
            self.name = name
            self.method = method
        }
    }

    /// The object whose records are compared with: the rule's own or another one.
    package var object: String
    /// The developer name, which replies name as `rule`.
    package var name: String
    /// What replies name as `matchEngine`.
    package var engine: String
    /// One of these has to match in all its fields; both objects have fields of these names.
    package var alternatives: [[Field]]

    package init(
        object: String,
        name: String,
        engine: String = "ExactMatchEngine",
        alternatives: [[Field]]
    ) {
        self.object = object
        self.name = name
        self.engine = engine
        self.alternatives = alternatives
    }
}
