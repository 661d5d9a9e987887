/// Where a person opens a record.
package struct RecordURL: Sendable {
    private let hubspot: (base: String, portal: String)?
    private let salesforce: String?
    /// HubSpot's type of each mapping's records.
    private let types: [String: String]

    package init(
        hubspot: (base: String, portal: String)?,
        salesforce: String?,
        types: [String: String]
    ) {
        self.hubspot = hubspot
        self.salesforce = salesforce
        self.types = types
    }

    /// The address of what an issue is about; HubSpot has no page for an owner.
    package func url(of id: String, on side: Side, in finding: Finding) -> String? {
        guard finding.code != .ownerNotFound || side == .salesforce else { return nil }
        return self.url(of: id, on: side, mapping: finding.mapping)
    }

    /// The address of a record's page, or `nil` where nobody has signed in yet.
    ///
    /// `mapping`: which mapping keeps the record.
    package func url(of id: String, on side: Side, mapping: String) -> String? {
        switch side {
        case .hubspot:
            // The mapping may have left the configuration: then nobody knows the type.
            self.hubspot.flatMap { hubspot in
                guard let type = self.types[mapping] else { return nil }
                return "\(hubspot.base)/contacts/\(hubspot.portal)/record/\(type)/\(id)"
            }
        case .salesforce:
            self.salesforce.map { "\($0)/\(id)" }
        }
    }
}
