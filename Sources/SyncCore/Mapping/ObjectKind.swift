/// A kind of record that both CRMs have, with what no description of theirs tells.
///
/// Everything else about an object (its fields, their types, what may be written) is asked for. A kind
/// that is not here is not synced.
package struct ObjectKind: Sendable, Hashable {
    /// What the HubSpot object is in Salesforce.
    package struct Counterpart: Sendable, Hashable {
        package var object: String
        /// The first three characters of its ids (Salesforce: Standard Field Types, ID).
        package var keyPrefix: String
        /// The HubSpot property that holds its records' ids, where the configuration names none.
        package var hubspotKey: String
        /// Whether its records can be merged: then they have a `MasterRecordId` (describes of
        /// Account, Contact, Lead and Case; that of Opportunity has none).
        package var isMergeable: Bool
        /// Which of the object's records are meant, where other kinds are the same object there.
        package var share: RowShare?
        /// What a new record gets besides its mapped fields.
        package var constants: [Constant] = []
    }

    /// A value that every new record gets in a field that is not mapped.
    package struct Constant: Sendable, Hashable {
        package var field: String
        package var value: String

        package init(field: String, value: String) {
            self.field = field
            self.value = value
        }
    }

    /// A pair of fields that name another record, each by its own CRM's id.
    package struct Reference: Sendable, Hashable {
        /// The property in which HubSpot shows the tied record: it is changed by tying another one.
        package var hubspot: String
        package var salesforce: String
        /// HubSpot's objects whose records may be named; of several ties the first goes over.
        package var objects: [String]
        /// Whether no property shows it: then `hubspot` is our own name of the ties.
        package var isTied = false
    }

    package var hubspot: String
    /// One of them, as people say it.
    package var singular: String
    /// The HubSpot properties by which people know a record.
    package var shownBy: [String]
    /// HubSpot's number of the type, as in its pages' addresses
    /// (docs/guides/api/crm/understanding-the-crm).
    package var typeID: String
    package var salesforce: [Counterpart]
    /// The HubSpot properties that match records, where the configuration names none.
    package var match: [String]
    /// Whether several records may rightly hold one and the same of these values: then one that is linked
    /// already is nobody else's counterpart.
    package var sharesMatches: Bool
    /// The property that HubSpot keeps unique by itself: a create with a taken value is refused and
    /// names the holder (docs/guides/api/crm/objects/contacts).
    package var identity: String?
    /// A new record in HubSpot needs one of these (docs/guides/api/crm/objects).
    package var namedBy: [String]
    /// A new record in HubSpot needs all of these (docs/guides/api/crm/objects).
    package var needs: [String]
    /// The properties that hold a pipeline or a stage: an id that no other CRM understands.
    package var stages: [String]
    /// The fields that name other records, where both CRMs have them.
    package var references: [Reference]
    /// The Salesforce field that holds the HubSpot record's id, where the configuration names none.
    package var salesforceKey = "HubSpot_Record_ID__c"
    /// The time that HubSpot demands of a new record: where it has none, that of its last change.
    package var dated: String?
    /// The property whose time that is, where it is mapped.
    package var startsAt: String?
    /// The properties that Salesforce is told together: one alone would move another.
    package var together: [String] = []
    /// What people call its records where that is not HubSpot's name of the object.
    package var plural: String?
    /// Whether the account made it: then it is what the configuration and the schemas say.
    package var isCustom = false

    /// What messages call it.
    package var shown: String { self.plural ?? self.hubspot }

    package static let all = records + activities

    private static let records = [
        ObjectKind(
            hubspot: "contacts",
            singular: "contact",
            shownBy: ["firstname", "lastname", "email"],
            typeID: "0-1",
            salesforce: [
                .init("Contact", "003", hubspotKey: "sf_contact_key"),
                .init("Lead", "00Q", hubspotKey: "sf_lead_key"),
            ],
            match: ["email"],
            identity: "email",
            namedBy: ["email", "firstname", "lastname"],
            references: [.company("associatedcompanyid")]
        ),
        // HubSpot's API does not keep domains unique
        // (knowledge.hubspot.com/records/deduplication-of-records).
        ObjectKind(
            hubspot: "companies",
            singular: "company",
            shownBy: ["name"],
            typeID: "0-2",
            salesforce: [.init("Account", "001", hubspotKey: "sf_account_key")],
            match: ["name"],
            namedBy: ["name", "domain"],
            references: [
                Reference(
                    hubspot: "hs_parent_company_id",
                    salesforce: "ParentId",
                    objects: ["companies"]
                )
            ]
        ),
        // Of deals and tickets HubSpot knows no duplicates (knowledge.hubspot.com,
        // deduplication-of-records).
        ObjectKind(
            hubspot: "deals",
            singular: "deal",
            shownBy: ["dealname"],
            typeID: "0-3",
            salesforce: [
                .init(
                    "Opportunity",
                    "006",
                    hubspotKey: "sf_opportunity_key",
                    isMergeable: false
                )
            ],
            match: ["dealname"],
            sharesMatches: true,
            needs: ["dealname", "dealstage"],
            stages: ["pipeline", "dealstage"],
            references: [.company("hs_primary_associated_company")]
        ),
        // A subject names no case: many say the same. Tickets belong together by their keys alone.
        ObjectKind(
            hubspot: "tickets",
            singular: "ticket",
            shownBy: ["subject"],
            typeID: "0-5",
            salesforce: [.init("Case", "500", hubspotKey: "sf_case_key")],
            match: [],
            sharesMatches: true,
            needs: ["subject", "hs_pipeline_stage"],
            stages: ["hs_pipeline", "hs_pipeline_stage"],
            references: [.company("hs_primary_company_id")]
        ),
    ]

    init(
        hubspot: String,
        singular: String,
        shownBy: [String],
        typeID: String,
        salesforce: [Counterpart],
        match: [String],
        sharesMatches: Bool = false,
        identity: String? = nil,
        namedBy: [String] = [],
        needs: [String] = [],
        stages: [String] = [],
        references: [Reference] = []
    ) {
        self.hubspot = hubspot
        self.singular = singular
        self.shownBy = shownBy
        self.typeID = typeID
        self.salesforce = salesforce
        self.match = match
        self.sharesMatches = sharesMatches
        self.identity = identity
        self.namedBy = namedBy
        self.needs = needs
        self.stages = stages
        self.references = references
    }

    /// The kind of a HubSpot object, or `nil` where it is not synced.
    package static func named(_ hubspot: String) -> ObjectKind? {
        self.all.first { $0.hubspot == hubspot }
    }

    /// A Salesforce object that is synced, or `nil`.
    package static func counterpart(_ object: String) -> Counterpart? {
        self.all.lazy.flatMap(\.salesforce).first { $0.object == object }
    }

    /// The Salesforce object of a record's id, or `nil` where it is of none that is synced.
    package static func salesforceObject(ofID id: String) -> String? {
        self.all.lazy.flatMap(\.salesforce).first { id.hasPrefix($0.keyPrefix) }?.object
    }
}

extension ObjectKind.Reference {
    /// The primary company of a record, which is its account in Salesforce.
    ///
    /// One record has one primary company (docs/api-reference/legacy/crm/associations/overview). The properties that
    /// show it are HubSpot's own; their names stand in what public clients ask for (that of contacts in
    /// github.com/rudderlabs/rudder-server, network.ts; those of deals and tickets in code that reads portals).
    fileprivate static func company(_ property: String) -> Self {
        Self(hubspot: property, salesforce: "AccountId", objects: ["companies"])
    }
}

extension ObjectKind.Counterpart {
    fileprivate init(
        _ object: String,
        _ keyPrefix: String,
        hubspotKey: String,
        isMergeable: Bool = true
    ) {
        self.object = object
        self.keyPrefix = keyPrefix
        self.hubspotKey = hubspotKey
        self.isMergeable = isMergeable
    }
}
