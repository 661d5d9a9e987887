import MockHubSpot
import MockSalesforce
import SyncCore

/// Contacts that tell how they stand.
extension SimulatedObject {
    static let statuses = StatusFields(
        hubspot: .init(status: "duet_status", page: "duet_record"),
        salesforce: .init(status: "Duet_Status__c", page: "Duet_Record__c")
    )

    static func define(in portal: inout MockHubSpotSettings) {
        guard let place = portal.objects.firstIndex(where: { $0.name == "contacts" }) else {
            return
        }
        for name in Self.names(on: .hubspot) {
            var property = MockHubSpotProperty(name, label: name)
            property.isHubSpotDefined = false
            portal.objects[place].properties.append(property)
        }
    }

    static func define(in org: inout MockSalesforceSettings) {
        org.customFields += Self.names(on: .salesforce).map {
            MockSalesforceCustomField(object: "Contact", name: $0, label: $0, type: .string)
        }
    }

    /// Whether a write of these fields only has a record tell how it stands.
    func isTold(_ names: [String]) -> Bool {
        let mapped = Set(([self.identity] + self.fields).flatMap { [$0.hubspot, $0.salesforce] })
        let own = Set(Side.allCases.flatMap(Self.names))
        // What is written once more changes nothing.
        guard self.tells, !names.isEmpty else { return self.tells }
        return !own.isDisjoint(with: names) && mapped.isDisjoint(with: names)
    }

    private static func names(on side: Side) -> [String] {
        let names = Self.statuses.names(on: side)
        return [names.status, names.page].compactMap(\.self)
    }
}
