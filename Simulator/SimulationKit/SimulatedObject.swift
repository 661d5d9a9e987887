import MockSalesforce
package import SyncCore

/// One kind of record that a simulation keeps in step: what both CRMs call it, and its mapped fields.
package struct SimulatedObject: Sendable, Hashable {
    /// HubSpot's name of it, which is the mapping's too.
    package var name: String
    package var salesforce: String
    /// The HubSpot property that holds its records' Salesforce ids.
    package var keyProperty: String
    /// What tells records apart that are not linked yet: an address or a name.
    package var identity: SimulatedField
    /// The mapped fields besides it.
    package var fields: [SimulatedField]
    /// Without which Salesforce takes no new record.
    package var required: [String]
    /// HubSpot's names of fields that a CRM itself changes as others are written: they must agree in the end,
    /// and nobody says who wrote what.
    package var calculated: Set<String> = []
    /// Whether records that are not linked are looked for by what tells them apart.
    package var matches = true
    /// What deletes of its records do to their counterparts.
    package var deletes = DeletePolicy()
    /// The sides whose records say whether they are synced.
    package var looksIn: Set<Side> = []
    /// HubSpot's number of the segment that says which of its records are synced.
    var segment: String?
    /// Whether it is carried over whose the records are.
    package var isOwned = false
    /// Whether its records tell how they stand.
    package var tells = false
    /// HubSpot's number of its type, where both accounts have made the object themselves.
    var type: String?
    /// Which of Salesforce's Tasks are its records.
    var subtype: String?
    /// The contact that each of its records is with.
    var partner: SimulatedPartner?

    /// The Salesforce field that holds its records' HubSpot ids.
    package static let keyField = "HubSpot_Record_ID__c"

    /// The fields of which checkers follow every change.
    var followed: [SimulatedField] {
        self.fields.filter { !self.calculated.contains($0.hubspot) }
    }

    /// The field that names the company that a record belongs to.
    var reference: SimulatedField? { self.fields.first { $0.type == .reference } }

    /// The first three characters of its Salesforce ids.
    var keyPrefix: String {
        // An org's own objects have `a00` and so on.
        self.type == nil ? ObjectKind.counterpart(self.salesforce)?.keyPrefix ?? "" : "a00"
    }

    /// The mapping as the engine gets it.
    var mapping: ObjectMapping {
        let all = [self.identity] + self.fields
        let plain = ObjectMapping(
            name: self.name,
            hubspot: .init(
                name: self.type ?? self.name,
                fields: all.map { .init(name: $0.hubspot, shape: $0.shapes.hubspot) },
                keyField: nil
            ),
            hubspotKeyFields: [self.salesforce: self.keyProperty],
            salesforce: [
                .init(
                    name: self.salesforce,
                    fields: all.map { .init(name: $0.salesforce, shape: $0.shapes.salesforce) },
                    keyField: Self.keyField
                )
            ],
            createAs: self.salesforce,
            fields: all.enumerated().map { index, field in
                FieldMapping(
                    index: index,
                    hubspot: field.hubspot,
                    salesforce: field.salesforce,
                    rule: field.rule,
                    kind: field.kind,
                    values: field.options ?? [],
                    rejectsUnlisted: field.isStage
                )
            },
            matchFields: self.matches ? [0] : [],
            deletes: self.deletes
        )
        var mapping = self.tied(self.extended(plain))
        mapping.status = self.tells ? Self.statuses : nil
        return mapping
    }

    // MARK: - Which there are

    /// People, with the drawn fields.
    package static func contacts(_ fields: [SimulatedField]) -> Self {
        Self(
            name: "contacts",
            salesforce: "Contact",
            keyProperty: "sf_contact_key",
            identity: .email,
            fields: fields,
            required: ["LastName"]
        )
    }

    static let companies = Self(
        name: "companies",
        salesforce: "Account",
        keyProperty: "sf_account_key",
        identity: SimulatedField("name", "Name"),
        fields: [
            SimulatedField("phone", "Phone"), SimulatedField("description", "Description"),
            SimulatedField("hs_parent_company_id", "ParentId", .reference),
        ],
        required: ["Name"]
    )

    /// Both CRMs set a closing date by themselves where a deal comes to a closed stage.
    static let deals = Self(
        name: "deals",
        salesforce: "Opportunity",
        keyProperty: "sf_opportunity_key",
        identity: SimulatedField("dealname", "Name"),
        fields: [
            .stage, SimulatedField("amount", "Amount", .number),
            SimulatedField("description", "Description"),
            SimulatedField("closedate", "CloseDate", .date),
            SimulatedField("hs_primary_associated_company", "AccountId", .reference),
        ],
        required: ["Name", "StageName", "CloseDate"],
        calculated: ["closedate"]
    )

    /// Deals that belong to nobody.
    static let dealsAlone = {
        var deals = Self.deals
        deals.fields.removeAll { $0.type == .reference }
        return deals
    }()

    /// Tickets belong together by their keys alone: many have one subject.
    static let tickets = Self(
        name: "tickets",
        salesforce: "Case",
        keyProperty: "sf_case_key",
        identity: SimulatedField("subject", "Subject"),
        fields: [
            .status, SimulatedField("content", "Description"),
            SimulatedField("hs_primary_company_id", "AccountId", .reference),
        ],
        required: [],
        matches: false
    )

    /// The primary company of a contact.
    static let companyOfContact = SimulatedField("associatedcompanyid", "AccountId", .reference)

    /// What a run of a profile keeps in step, in the order of its configuration.
    package static func all(in profile: SimulationProfile) -> [Self] {
        guard let family = profile.family else {
            var contacts = Self.contacts(profile.fields)
            contacts.looksIn = profile.objects?.looksIn ?? []
            contacts.isOwned = profile.objects?.hasOwners ?? false
            contacts.tells = profile.objects?.tells ?? false
            contacts.segment = profile.members?.segment(of: contacts.name)
            if let members = profile.members, members.hasDeals {
                var deals = Self.dealsAlone
                deals.segment = members.segment(of: deals.name)
                return [contacts, deals]
            }
            guard profile.roles == nil else { return [contacts, Self.dealsAlone] }
            return [contacts] + (profile.ties?.objects ?? [])
        }
        let people = Self.contacts(profile.fields + [Self.companyOfContact])
        let all = [Self.companies, people, Self.deals]
        var objects = family.hasTickets == true ? all + [Self.tickets] : all
        for place in objects.indices where SimulatedDeletes.kinds.contains(objects[place].name) {
            objects[place].deletes = family.carried?.policy ?? DeletePolicy()
        }
        return family.hasChildrenFirst ? objects.reversed() : objects
    }
}
