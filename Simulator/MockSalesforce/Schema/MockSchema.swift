import OrderedCollections

/// The standard objects, read once from recorded describe facts.
enum MockSchema {
    /// Key prefixes of real orgs; objects without one here are left out.
    private static let prefixes: [String: String] = [
        "Account": "001", "Contact": "003", "User": "005", "Opportunity": "006",
        "OpportunityContactRole": "00K", "Case": "500", "Campaign": "701",
        "CampaignMember": "00v", "Lead": "00Q", "Task": "00T", "Event": "00U",
        "Organization": "00D", "LeadStatus": "01J", "OpportunityStage": "01J", "CaseStatus": "01J",
        "TaskStatus": "01J", "RecordType": "012",
    ]
    private static let readOnly: Set<String> = [
        "User", "Organization", "LeadStatus", "OpportunityStage", "CaseStatus", "TaskStatus",
        "RecordType",
    ]

    /// What `Address` of users and of the organization is made of; their facts do not say so.
    private static let addressParts: Set<String> = [
        "Street", "City", "State", "PostalCode", "Country", "Latitude", "Longitude",
        "GeocodeAccuracy",
    ]

    /// The standard objects in the order of the facts.
    static let standard: [MockObject] = Self.read(PackageResources.describe_fields_tsv)

    /// What Account has besides where it may be a person.
    static let personFields = Self.rows(PackageResources.describe_fields_tsv)
        .filter { $0[0] == "Account(person)" }
        .map { Self.field($0, isWritable: true) }

    private static func rows(_ bytes: [UInt8]) -> [[String]] {
        bytes.split(separator: UInt8(ascii: "\n")).dropFirst().map { line in
            line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }
        .filter { $0.count >= 23 }
    }

    static func read(_ bytes: [UInt8]) -> [MockObject] {
        var objects = OrderedDictionary<String, MockObject>()
        for columns in Self.rows(bytes) {
            guard let prefix = Self.prefixes[columns[0]] else { continue }
            let isWritable = !Self.readOnly.contains(columns[0])
            objects[
                columns[0],
                default: MockObject(name: columns[0], keyPrefix: prefix, isWritable: isWritable)
            ].add(Self.field(columns, isWritable: isWritable))
        }
        return Array(objects.values)
    }

    private static func field(_ columns: [String], isWritable: Bool) -> MockField {
        let name = columns[1]
        var field = MockField(name: name, label: columns[2], type: Self.type(columns))
        if field.label.isEmpty { field.label = name }
        field.length = Int(columns[5]) ?? (field.type == .string ? 255 : 0)
        if field.type == .id || field.type == .reference { field.length = 18 }
        field.precision = Int(columns[6]) ?? 0
        field.scale = Int(columns[7]) ?? 0
        field.isCreateable = columns[8] == "1"
        field.isUpdateable = columns[9] == "1"
        field.isNillable = columns[10] != "0"
        field.isDefaultedOnCreate = columns[11] == "1"
        field.isFilterable = columns[12] != "0"
        field.isSortable = columns[13] != "0"
        field.isGroupable = columns[14] != "0"
        field.isIDLookup = columns[15] == "1"
        field.isUnique = columns[16] == "1"
        field.isCalculated = columns[17] == "1"
        field.isRestrictedPicklist = columns[18] == "1"
        field.compoundFieldName = columns[19].isEmpty ? nil : columns[19]
        if columns[5].isEmpty, columns[8].isEmpty, Self.addressParts.contains(name) {
            field.compoundFieldName = "Address"
        }
        field.referenceTo = columns[20].split(separator: "|").map(String.init)
        field.relationshipName = columns[21].isEmpty ? nil : columns[21]
        if field.type == .reference, field.referenceTo.isEmpty {
            Self.addTarget(to: &field)
        }
        field.picklistValues = columns[22].split(separator: "|").map(String.init)
        if field.type == .boolean { field.defaultValue = .boolean(false) }
        if field.type == .picklist, field.isDefaultedOnCreate,
            let first = field.picklistValues.first
        {
            field.defaultValue = .text(first)
        }
        return field
    }

    /// The facts of User and Organization come without types; names tell the few that matter.
    private static func type(_ columns: [String]) -> MockFieldType {
        let name = columns[1]
        guard columns[5].isEmpty, columns[8].isEmpty else {
            return MockFieldType(rawValue: columns[3]) ?? .string
        }
        if columns[3] == "date/datetime" { return .datetime }
        if name == "Id" { return .id }
        if columns[3] == "string", name.hasSuffix("Id"), name != "FederationId" {
            return .reference
        }
        if name == "Email" || name == "SenderEmail" { return .email }
        return MockFieldType(rawValue: columns[3]) ?? .string
    }

    private static func addTarget(to field: inout MockField) {
        switch field.name {
        case "ProfileId", "UserRoleId":
            field.referenceTo = [String(field.name.dropLast(2))]
            field.relationshipName = String(field.name.dropLast(2))
        case "CreatedById", "LastModifiedById", "ManagerId":
            field.referenceTo = ["User"]
            field.relationshipName = String(field.name.dropLast(2))
        case "AccountId", "ContactId":
            field.referenceTo = [String(field.name.dropLast(2))]
            field.relationshipName = String(field.name.dropLast(2))
        default: break
        }
    }
}
