import MockHubSpot
import SyncCore

/// The mappings that are measured: five fields for calls, twenty for speed.
enum BenchmarkMapping {
    private static let few = [
        ("email", "Email"), ("firstname", "FirstName"), ("lastname", "LastName"),
        ("jobtitle", "Title"), ("phone", "Phone"),
    ]
    private static let more = [
        ("mobilephone", "MobilePhone"), ("fax", "Fax"), ("address", "MailingStreet"),
        ("city", "MailingCity"), ("state", "MailingState"), ("zip", "MailingPostalCode"),
        ("country", "MailingCountry"),
    ]
    /// HubSpot has none of its own for these.
    private static let custom = [
        ("department", "Department"), ("home_phone", "HomePhone"), ("other_phone", "OtherPhone"),
        ("assistant", "AssistantName"), ("assistant_phone", "AssistantPhone"),
        ("other_street", "OtherStreet"), ("other_city", "OtherCity"),
        ("description", "Description"),
    ]

    static func fields(_ count: Int) -> [(hubspot: String, salesforce: String)] {
        (self.few + self.more + self.custom).prefix(count).map { ($0.0, $0.1) }
    }

    /// Defines what HubSpot does not have.
    static func prepare(_ hubspot: inout MockHubSpot) {
        for (name, _) in self.custom {
            hubspot.define(name, as: MockHubSpotProperty(name, label: name))
        }
    }

    /// - Parameters:
    ///   - rule: how each field but the e-mail address goes; that one goes both ways.
    ///   - count: how many fields: 5 to 20.
    /// - Returns: HubSpot contacts with Salesforce contacts and leads.
    static func contacts(_ rule: SyncRule, fields count: Int) -> ObjectMapping {
        let names = self.fields(count)
        func shape(_ name: String) -> FieldShape {
            FieldShape(type: name == "email" ? .email : .text, lengthMax: 80)
        }
        let contact = names.map {
            ObjectMapping.Field?(.init(name: $0.salesforce, shape: shape($0.hubspot)))
        }
        let known = Set(self.few.map(\.1))
        return ObjectMapping(
            name: "contacts",
            hubspot: .init(
                name: "contacts",
                fields: names.map { .init(name: $0.hubspot, shape: shape($0.hubspot)) },
                keyField: nil
            ),
            hubspotKeyFields: ["Contact": "sf_contact_key", "Lead": "sf_lead_key"],
            salesforce: [
                .init(name: "Contact", fields: contact, keyField: "HubSpot_Record_ID__c"),
                .init(
                    name: "Lead",
                    fields: contact.map { $0.flatMap { known.contains($0.name) ? $0 : nil } },
                    keyField: "HubSpot_Record_ID__c"
                ),
            ],
            createAs: "Contact",
            fields: names.enumerated().map { index, name in
                FieldMapping(
                    index: index,
                    hubspot: name.hubspot,
                    salesforce: name.salesforce,
                    rule: name.hubspot == "email" ? .twoWay : rule,
                    kind: name.hubspot == "email" ? .identity : .plain
                )
            },
            matchFields: [0]
        )
    }

    /// Of companies: their names, by which they match, and four texts.
    static let ofCompanies: [(hubspot: String, salesforce: String)] = [
        ("name", "Name"), ("website", "Website"), ("phone", "Phone"),
        ("city", "BillingCity"), ("zip", "BillingPostalCode"),
    ]

    /// - Parameter rule: how each field but the name goes; that one goes both ways.
    /// - Returns: HubSpot companies with Accounts.
    static func companies(_ rule: SyncRule) -> ObjectMapping {
        func fields(_ names: [String]) -> [ObjectMapping.Field] {
            names.map { .init(name: $0, shape: FieldShape(type: .text, lengthMax: 80)) }
        }
        let key = "HubSpot_Record_ID__c"
        return ObjectMapping(
            name: "companies",
            hubspot: .init(
                name: "companies",
                fields: fields(self.ofCompanies.map(\.hubspot)),
                keyField: nil
            ),
            hubspotKeyFields: ["Account": "sf_account_key"],
            salesforce: [
                .init(
                    name: "Account",
                    fields: fields(self.ofCompanies.map(\.salesforce)),
                    keyField: key
                )
            ],
            createAs: "Account",
            fields: self.ofCompanies.enumerated().map { index, name in
                FieldMapping(
                    index: index,
                    hubspot: name.hubspot,
                    salesforce: name.salesforce,
                    rule: index == 0 ? .twoWay : rule
                )
            },
            matchFields: [0]
        )
    }
}
