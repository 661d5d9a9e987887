import HTTPTransport
package import MockHubSpot
package import MockSalesforce
package import SyncCore

/// Wares: an object that portal and org have made themselves, whose records are with a contact each.
package enum SimulatedWares {
    static let name = "ware"
    package static let salesforce = "Ware__c"
    static let lookup = "Contact__c"
    /// HubSpot's number of the portal's first own object.
    package static let type = "2-1"
    /// The kinds of ties that the portal's first own object gets first.
    static let plain = TieKind(id: 1_001, isOwn: true, label: nil)
    static let keeper = TieKind(id: 1_003, isOwn: false, label: "Keeper")

    /// What the CRMs do not tell of them.
    package static var kind: ObjectKind? { SimulatedObject.wares(isLabelled: false).custom }

    /// A portal that has them.
    package static func portal(at now: Int64) -> MockHubSpot {
        var settings = MockHubSpotSettings()
        settings.apps.append(OtherApp.hubspot)
        var hubspot = MockHubSpot(settings: settings)
        let isMade = Self.make(in: &hubspot, at: now)
        precondition(isMade, "the portal's own object is another than mappings name")
        return hubspot
    }

    /// The org's own object.
    package static func set(up settings: inout MockSalesforceSettings) {
        settings.customObjects.append(
            MockSalesforceCustomObject(name: self.salesforce, label: "Ware")
        )
        func field(_ name: String, _ type: MockFieldType = .string) -> MockSalesforceCustomField {
            MockSalesforceCustomField(object: self.salesforce, name: name, label: name, type: type)
        }
        var price = field("Price__c", .double)
        price.scale = 2
        var lookup = field(self.lookup, .reference)
        lookup.referenceTo = "Contact"
        lookup.childRelationshipName = "Wares"
        var key = field(SimulatedObject.keyField)
        (key.length, key.isExternalID, key.isUnique) = (18, true, true)
        key.isCaseSensitive = true
        settings.customFields += [field("Note__c"), price, lookup, key]
    }

    /// The portal's own object, as an administrator makes it.
    ///
    /// - Returns: whether it is the one that the mapping names.
    static func make(in hubspot: inout MockHubSpot, at now: Int64) -> Bool {
        func text(_ name: String, isUnique: Bool = false) -> String {
            #"{"name":"\#(name)","label":"\#(name)","type":"string","fieldType":"text","#
                + #""hasUniqueValue":\#(isUnique)}"#
        }
        let body =
            #"{"name":"ware","labels":{"singular":"Ware","plural":"Wares"},"#
            + #""primaryDisplayProperty":"ware_name","requiredProperties":["ware_name"],"#
            + #""properties":[\#(text("ware_name")),\#(text("note")),"#
            + #"{"name":"price","label":"Price","type":"number","fieldType":"number"},"#
            + #"\#(text("sf_ware_key", isUnique: true))],"associatedObjects":["CONTACT"]}"#
        func send(_ path: String, _ body: String) -> String? {
            OtherApp.send(.post, path, body, to: &hubspot, at: now).map {
                String(decoding: $0.body, as: UTF8.self)
            }
        }
        let object = send("/crm/v3/schemas", body)
        let label = send(
            "/crm/v4/associations/\(self.type)/contacts/labels",
            #"{"label":"Keeper","name":"keeper"}"#
        )
        return object?.contains("\"\(self.type)\"") == true
            && label?.contains("\(self.keeper.id)") == true
    }
}
