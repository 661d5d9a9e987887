import HTTPTransport
import MockSalesforce
import WireJSON

/// An org with object types of its own: plants of accounts, and orders that belong to a plant.
enum Factory {
    static func settings() -> MockSalesforceSettings {
        var settings = MockSalesforceSettings()
        settings.customObjects = [
            MockSalesforceCustomObject(name: "Plant__c", label: "Plant"),
            MockSalesforceCustomObject(
                name: "Order__c",
                label: "Order",
                nameLabel: "Order Number",
                nameFormat: "O-{0000}"
            ),
        ]
        var key = Self.field("Plant__c", "Key__c")
        (key.isExternalID, key.isUnique) = (true, true)
        settings.customFields += [
            key, Self.field("Plant__c", "City__c"),
            Self.lookup("Plant__c", "Account__c", "Account", "Plants"),
            Self.lookup("Order__c", "Plant__c", "Plant__c", "Orders", isMasterDetail: true),
            MockSalesforceCustomField(
                object: "Order__c",
                name: "Amount__c",
                label: "Amount",
                type: .currency,
                scale: 2
            ),
        ]
        return settings
    }

    static func field(_ object: String, _ name: String) -> MockSalesforceCustomField {
        MockSalesforceCustomField(object: object, name: name, label: String(name.dropLast(3)))
    }

    static func lookup(
        _ object: String,
        _ name: String,
        _ target: String,
        _ children: String,
        _ rule: MockLookupRule = .setNull,
        isMasterDetail: Bool = false
    ) -> MockSalesforceCustomField {
        var field = MockSalesforceCustomField(
            object: object,
            name: name,
            label: String(name.dropLast(3)),
            type: .reference
        )
        field.referenceTo = target
        field.childRelationshipName = children
        field.lookupRule = rule
        field.isMasterDetail = isMasterDetail
        return field
    }
}

extension Rehearsal {
    /// Creates a record by REST and gives its id.
    mutating func make(_ object: String, _ body: String) -> String {
        self.send(.post, "/sobjects/\(object)", body).json["id"]?.string ?? ""
    }
}
