/// One HubSpot object kept in step with one or more Salesforce objects: compiled and validated.
package struct ObjectMapping: Sendable, Hashable {
    /// What happens to fields that differ when two existing records are first linked (grid 2.7).
    package enum FirstSync: String, Sendable, Hashable, CaseIterable, Codable {
        case report
        case salesforce
        case hubspot
        case newest
    }

    /// One vendor object with the mapped fields that exist on it.
    package struct Object: Sendable, Hashable {
        /// `contacts`, `Contact`, `Lead`.
        package var name: String
        /// By field mapping; `nil` where the object does not have the field.
        package var fields: [Field?]
        /// The field that holds the counterpart's id; `nil` where the admin forbids one.
        package var keyField: String?
        /// Which of the object's records are the mapping's, where it shares them with others.
        package var share: RowShare?
        /// What a new record gets besides its mapped fields.
        package var constants: [ObjectKind.Constant] = []

        package init(name: String, fields: [Field?], keyField: String?) {
            self.name = name
            self.fields = fields
            self.keyField = keyField
        }
    }

    /// One vendor field with its API name and shape.
    package struct Field: Sendable, Hashable {
        package var name: String
        package var shape: FieldShape

        package init(name: String, shape: FieldShape) {
            self.name = name
            self.shape = shape
        }
    }

    package var name: String
    /// What the CRMs do not tell of the object themselves.
    package var kind: ObjectKind?
    /// The HubSpot object.
    ///
    /// Its `keyField` is unused: see `hubspotKeyFields`.
    package var hubspot: Object
    /// The unique HubSpot property per Salesforce object that holds that record's id.
    package var hubspotKeyFields: [String: String]
    /// The Salesforce objects, in the order in which matches are looked up.
    package var salesforce: [Object]
    /// Which of `salesforce` a new record becomes where none of `createRules` holds.
    package var createAs: String
    /// Which it becomes instead, in order.
    package var createRules: [CreateRule] = []
    package var fields: [FieldMapping]
    /// The field mappings whose values match records that are not linked, in order.
    package var matchFields: [Int]
    package var firstSync: FirstSync
    /// Whether a record that only HubSpot has is created in Salesforce, and the reverse.
    package var createsInSalesforce: Bool
    package var createsInHubSpot: Bool
    package var deletes: DeletePolicy
    /// For which new records Salesforce's assignment rules choose the owner.
    package var assignment = AssignmentPolicy.new
    /// Which records are synced.
    package var inclusion = Inclusion.all
    /// Where its records tell how they stand; `nil` where they do not.
    package var status: StatusFields?
    /// Ties of its records that are records of their own in Salesforce.
    package var relations: [RelationMapping] = []
    /// Changes with anything that changes the meaning of a base.
    package var revision: Int64

    package init(
        name: String,
        hubspot: Object,
        hubspotKeyFields: [String: String],
        salesforce: [Object],
        createAs: String,
        fields: [FieldMapping],
        matchFields: [Int],
        firstSync: FirstSync = .report,
        createsInSalesforce: Bool = true,
        createsInHubSpot: Bool = true,
        deletes: DeletePolicy = DeletePolicy(),
        revision: Int64 = 1
    ) {
        self.name = name
        self.kind = ObjectKind.named(hubspot.name)
        self.hubspot = hubspot
        self.hubspotKeyFields = hubspotKeyFields
        self.salesforce = salesforce
        self.createAs = createAs
        self.fields = fields
        self.matchFields = matchFields
        self.firstSync = firstSync
        self.createsInSalesforce = createsInSalesforce
        self.createsInHubSpot = createsInHubSpot
        self.deletes = deletes
        self.revision = revision
    }

    /// What messages call HubSpot's object.
    package var shown: String { self.kind?.shown ?? self.hubspot.name }

    /// The fields that name other records.
    package var references: [FieldMapping] {
        self.fields.filter { if case .reference = $0.kind { true } else { false } }
    }

    /// Whether a field names the record of its own kind above it, as a company's parent: HubSpot has one at most.
    package func isParent(_ field: FieldMapping) -> Bool {
        field.targets.map { !$0.isTied && $0.mappings == [self.name] } ?? false
    }

    /// The field that says whose record it is, or `nil` where none is synced.
    package var ownerField: FieldMapping? {
        self.fields.first { $0.kind == .owner && $0.rule != .dontSync }
    }

    /// The fields that name people: whose record it is, and whom else it names.
    package var peopleFields: [FieldMapping] {
        self.fields.filter { $0.namesPeople && $0.rule != .dontSync }
    }

    /// HubSpot's properties by field; `nil` where it has none, or where it keeps the value elsewhere.
    package var hubspotProperties: [Field?] {
        self.hubspot.fields.enumerated().map { index, field in
            self.fields.indices.contains(index) && self.fields[index].isApart ? nil : field
        }
    }

    /// Whether HubSpot refuses a second record with the same match values by itself.
    package var isMatchRefused: Bool {
        let identity = self.kind?.identity
        return self.matchFields.allSatisfy { self.fields[$0].hubspot == identity }
    }

    /// Whether an id is one of a Salesforce object of the mapping's, as its first characters tell.
    package func has(salesforceID id: String) -> Bool {
        if let kind = self.kind, kind.isCustom {
            return kind.salesforce.contains { !$0.keyPrefix.isEmpty && id.hasPrefix($0.keyPrefix) }
        }
        let object = ObjectKind.salesforceObject(ofID: id)
        return object.flatMap { self.object($0, on: .salesforce) } != nil
    }

    /// The Salesforce object of one of the mapping's records, told by its id's first characters.
    package func salesforceObject(ofID id: String) -> String {
        let objects = self.salesforce
        if objects.count > 1, let named = ObjectKind.salesforceObject(ofID: id) { return named }
        return objects.first?.name ?? ""
    }

    /// The object of a side by its name, or `nil` if the mapping does not have it.
    package func object(_ name: String, on side: Side) -> Object? {
        switch side {
        case .hubspot: self.hubspot.name == name ? self.hubspot : nil
        case .salesforce: self.salesforce.first { $0.name == name }
        }
    }
}
