/// Values that follow one another: a record goes on from one to the next and never back.
package struct ValueOrder: Sendable, Hashable {
    /// HubSpot's values, the first one first.
    package var values: [String]

    package init(_ values: [String]) { self.values = values }

    /// HubSpot's own lifecycle stages in the order in which the vendor moves records along them
    /// (knowledge.hubspot.com: What does enabling automatic lifecycle stage transitions do).
    package static let lifecycle = ValueOrder([
        "subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity",
        "customer", "evangelist", "other",
    ])

    /// How far both sides of a field have come.
    package struct Steps: Sendable, Hashable {
        package var hubspot: Int
        package var salesforce: Int

        package init(hubspot: Int, salesforce: Int) {
            self.hubspot = hubspot
            self.salesforce = salesforce
        }

        /// The side that has not come as far, or `nil` where both have.
        package var behind: Side? {
            self.hubspot == self.salesforce
                ? nil : self.hubspot < self.salesforce ? .hubspot : .salesforce
        }
    }

    /// How far both sides have come; `nil` where one has a value that is not listed.
    ///
    /// `field`: its values tell what Salesforce's are in HubSpot.
    package func steps(
        hubspot: FieldValue,
        salesforce: FieldValue,
        _ field: FieldMapping
    ) -> Steps? {
        let back = field.values.first { $0.salesforce == salesforce.text }?.hubspot
        guard let one = self.step(hubspot.text), let other = self.step(back ?? salesforce.text)
        else { return nil }
        return Steps(hubspot: one, salesforce: other)
    }

    /// A blank comes before everything.
    private func step(_ text: String) -> Int? {
        text.isEmpty ? -1 : self.values.firstIndex(of: text)
    }
}
