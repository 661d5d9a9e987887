package import SyncCore

/// Where a person opens a record.
package struct RecordURL: Sendable {
    private let hubspot: (base: String, portal: String)?
    private let salesforce: String?

    package init(hubspot: (base: String, portal: String)?, salesforce: String?) {
        self.hubspot = hubspot
        self.salesforce = salesforce
    }

    package func url(of id: String, on side: Side) -> String? {
        switch side {
        case .hubspot:
            self.hubspot.map { "\($0.base)/contacts/\($0.portal)/record/0-1/\(id)" }
        case .salesforce:
            self.salesforce.map { "\($0)/\(id)" }
        }
    }
}
