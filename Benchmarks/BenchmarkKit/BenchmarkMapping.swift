import MockHubSpot
import SimulationKit
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

    /// One object of HubSpot with one of Salesforce, by texts; the first one is what they are called.
    struct Kind {
        var hubspot: String
        var salesforce: String
        var key: String
        var fields: [(hubspot: String, salesforce: String)]
        /// Whether that name matches records.
        var isMatched = true
        /// Whether a record that is made in Salesforce can be one.
        var isMadeInSalesforce = true
        /// What every record needs besides.
        var hubspotNeeds: [(String, String)] = []
        var salesforceNeeds: [(String, String)] = []

        static let all = [
            Kind(
                hubspot: "companies",
                salesforce: "Account",
                key: "sf_account_key",
                fields: [
                    ("name", "Name"), ("website", "Website"), ("phone", "Phone"),
                    ("city", "BillingCity"), ("zip", "BillingPostalCode"),
                ]
            ),
            Kind(
                hubspot: "deals",
                salesforce: "Opportunity",
                key: "sf_opportunity_key",
                fields: [
                    ("dealname", "Name"), ("description", "Description"),
                    ("hs_next_step", "NextStep"),
                ],
                hubspotNeeds: [
                    ("pipeline", "default"), ("dealstage", "closedwon"),
                    ("closedate", "1796083200000"),
                ],
                salesforceNeeds: [("StageName", "Closed Won"), ("CloseDate", "2026-12-01")]
            ),
            Kind(
                hubspot: "tickets",
                salesforce: "Case",
                key: "sf_case_key",
                fields: [("subject", "Subject"), ("content", "Description")],
                isMatched: false,
                hubspotNeeds: [("hs_pipeline", "0"), ("hs_pipeline_stage", "1")],
                salesforceNeeds: [("Status", "New")]
            ),
            Kind(
                hubspot: "tasks",
                salesforce: "Task",
                key: "sf_task_key",
                fields: [("hs_task_subject", "Subject"), ("hs_task_body", "Description")],
                isMatched: false,
                hubspotNeeds: [("hs_timestamp", "1796083200000")]
            ),
            Kind(
                hubspot: "calls",
                salesforce: "Task",
                key: "sf_task_key",
                fields: [("hs_call_title", "Subject"), ("hs_call_body", "Description")],
                isMatched: false,
                hubspotNeeds: [("hs_timestamp", "1796083200000")],
                salesforceNeeds: [("TaskSubtype", "Call")]
            ),
            Kind(
                hubspot: "emails",
                salesforce: "Task",
                key: "sf_task_key",
                fields: [("hs_email_subject", "Subject"), ("hs_email_text", "Description")],
                isMatched: false,
                hubspotNeeds: [
                    ("hs_timestamp", "1796083200000"), ("hs_email_direction", "EMAIL"),
                ],
                salesforceNeeds: [("TaskSubtype", "Email")]
            ),
            Kind(
                hubspot: "notes",
                salesforce: "Task",
                key: "sf_task_key",
                fields: [("hs_note_body", "Description")],
                isMatched: false,
                isMadeInSalesforce: false,
                hubspotNeeds: [("hs_timestamp", "1796083200000")]
            ),
            Kind(
                hubspot: SimulatedWares.type,
                salesforce: SimulatedWares.salesforce,
                key: "sf_ware_key",
                fields: [("ware_name", "Name"), ("note", "Note__c")],
                isMatched: false
            ),
            Kind(
                hubspot: "meetings",
                salesforce: "Event",
                key: "sf_event_key",
                fields: [("hs_meeting_title", "Subject"), ("hs_meeting_body", "Description")],
                isMatched: false,
                hubspotNeeds: [
                    ("hs_timestamp", "1796083200000"), ("hs_meeting_start_time", "1796083200000"),
                    ("hs_meeting_end_time", "1796086800000"),
                ],
                salesforceNeeds: [
                    ("StartDateTime", "2026-12-01T00:00:00.000+0000"),
                    ("EndDateTime", "2026-12-01T01:00:00.000+0000"),
                ]
            ),
        ]
    }

    /// The records of one object with those of the other; `rule`: of every field but the name, which goes both
    /// ways.
    static func mapping(of kind: Kind, _ rule: SyncRule) -> ObjectMapping {
        let needed = Self.needed(of: kind)
        let names = kind.fields + needed.map { ($0.hubspot, $0.salesforce) }
        let shapes =
            kind.fields.map { _ in FieldShape(type: .text, lengthMax: 80) } + needed.map(\.shape)
        func fields(_ names: [String]) -> [ObjectMapping.Field] {
            zip(names, shapes).map { .init(name: $0, shape: $1) }
        }
        let standard =
            kind.hubspot == SimulatedWares.type
            ? SimulatedWares.kind : ObjectKind.named(kind.hubspot)
        let counterpart = standard?.salesforce.first { $0.object == kind.salesforce }
        var mapping = ObjectMapping(
            name: kind.hubspot,
            hubspot: .init(
                name: kind.hubspot,
                fields: fields(names.map(\.0)),
                keyField: nil
            ),
            hubspotKeyFields: [kind.salesforce: kind.key],
            salesforce: [
                .init(
                    name: kind.salesforce,
                    fields: fields(names.map(\.1)),
                    keyField: standard?.salesforceKey
                )
            ],
            createAs: kind.salesforce,
            fields: names.enumerated().map { index, name in
                var field = FieldMapping(
                    index: index,
                    hubspot: name.0,
                    salesforce: name.1,
                    rule: index == 0 ? .twoWay : rule
                )
                if name.0 == "contact" { field.kind = .reference(Self.people) }
                if index >= kind.fields.count {
                    field.values = needed[index - kind.fields.count].values
                }
                return field
            },
            matchFields: kind.isMatched ? [0] : []
        )
        mapping.kind = standard
        mapping.salesforce[0].share = counterpart?.share
        mapping.salesforce[0].constants = counterpart?.constants ?? []
        return mapping
    }

    /// The fields without which a new record is refused; none of them changes in a benchmark.
    private static func needed(
        of kind: Kind
    ) -> [(
        hubspot: String, salesforce: String, shape: FieldShape, values: [FieldMapping.ValuePair]
    )] {
        switch kind.hubspot {
        case "deals":
            [
                (
                    "dealstage", "StageName", FieldShape(type: .text),
                    [.init(hubspot: "closedwon", salesforce: "Closed Won")]
                ),
                ("closedate", "CloseDate", FieldShape(type: .date), []),
            ]
        case "tickets":
            [
                (
                    "hs_pipeline_stage", "Status", FieldShape(type: .text),
                    [.init(hubspot: "1", salesforce: "New")]
                )
            ]
        // Nobody is tied to anybody: HubSpot is asked all the same.
        case "tasks", "calls", "emails", "notes":
            [("contact", "WhoId", FieldShape(type: .reference), [])]
        case "meetings":
            [
                ("hs_meeting_start_time", "StartDateTime", FieldShape(type: .datetime), []),
                ("hs_meeting_end_time", "EndDateTime", FieldShape(type: .datetime), []),
                ("contact", "WhoId", FieldShape(type: .reference), []),
            ]
        default: []
        }
    }

    private static let people = ReferenceTargets(
        [.init(mapping: "contacts", hubspot: "contacts", salesforce: ["Contact", "Lead"])],
        isTied: true
    )
}
