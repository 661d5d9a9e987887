import MockHubSpot
import MockSalesforce
import SyncCore

/// The custom fields that simulations add to both mocks.
extension SimulatedField {
    static var hubspotSettings: MockHubSpotSettings {
        var contacts = MockHubSpotObject.contacts
        contacts.properties += self.typed.map { field in
            var property = MockHubSpotProperty(field.hubspot, label: field.hubspot)
            property.isHubSpotDefined = false
            switch field.type {
            case .number: (property.kind, property.fieldType) = (.number, "number")
            case .date: (property.kind, property.fieldType) = (.date, "date")
            case .datetime: (property.kind, property.fieldType) = (.datetime, "date")
            case .boolean: (property.kind, property.fieldType) = (.bool, "booleancheckbox")
            case .singleChoice: (property.kind, property.fieldType) = (.enumeration, "select")
            case .multiChoice: (property.kind, property.fieldType) = (.enumeration, "checkbox")
            case .text, .email, .reference: break
            }
            property.options = (field.options ?? []).map {
                MockHubSpotOption(label: $0.hubspot, value: $0.hubspot)
            }
            return property
        }
        return MockHubSpotSettings(objects: [contacts])
    }

    static var salesforceSettings: MockSalesforceSettings {
        let fields = self.typed.map { field in
            let type: MockFieldType =
                switch field.type {
                case .number: .double
                case .date: .date
                case .datetime: .datetime
                case .boolean: .boolean
                case .singleChoice: .picklist
                case .multiChoice: .multipicklist
                case .text, .email, .reference: .string
                }
            var custom = MockSalesforceCustomField(
                object: "Contact",
                name: field.salesforce,
                label: field.salesforce,
                type: type,
                scale: field.type == .number ? 2 : 0
            )
            custom.isRestrictedPicklist = field.options != nil
            custom.picklistValues = Set((field.options ?? []).map(\.salesforce)).sorted()
            return custom
        }
        return MockSalesforceSettings(
            customFields: MockSalesforceCustomField.standard + fields
        )
    }
}
