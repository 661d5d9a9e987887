/// One field as describe reports it; validation reads nothing else.
struct MockField: Sendable, Hashable, Codable {
    var name: String
    var label: String
    var type: MockFieldType
    var length = 0
    var precision = 0
    var scale = 0
    var isCreateable = false
    var isUpdateable = false
    var isNillable = true
    var isDefaultedOnCreate = false
    var isFilterable = true
    var isSortable = true
    var isGroupable = true
    var isIDLookup = false
    var isUnique = false
    var isCaseSensitive = false
    var isExternalID = false
    var isCalculated = false
    var isRestrictedPicklist = false
    var isCustom = false
    /// Taken away by an administrator; its values stay, nobody sees them.
    var isRemoved = false
    /// The user whose request it is may not see it.
    var isConcealed = false
    /// The user whose request it is may not write it.
    var isLocked = false
    var compoundFieldName: String?
    var referenceTo: [String] = []
    var relationshipName: String?
    /// What the referenced object calls the rows that point to it; `nil` for no name.
    var childRelationshipName: String?
    /// What becomes of the record when what it points to is deleted; `nil` for nothing.
    var lookupRule: MockLookupRule?
    /// Whether the record belongs to what it points to.
    var isMasterDetail = false
    /// How its values are counted; `nil` for those that are given.
    var autoNumberFormat: String?
    var firstNumber = 1
    /// How its values are worked out; `nil` for those that are written.
    var calculation: MockSalesforceCalculation?
    var picklistValues: [String] = []
    /// What people read instead of each; empty where they read the value.
    var picklistLabels: [String] = []
    /// The place of the country with which each may be chosen; empty where all may be chosen.
    var picklistCountries: [Int] = []
    /// The picklist by whose value those are told.
    var controllerName: String?
    /// Those of them that may no longer be chosen.
    var inactiveValues: [String] = []
    var defaultValue: MockSalesforceValue = .null

    /// Whether the user whose request it is sees it.
    var isVisible: Bool { !self.isRemoved && !self.isConcealed }

    /// Required on create, as clients compute it from describe.
    var isRequired: Bool { self.isCreateable && !self.isNillable && !self.isDefaultedOnCreate }

    /// Whether the user whose request it is may write it at some time.
    var isWritten: Bool { (self.isCreateable || self.isUpdateable) && !self.isLocked }

    /// Whether the org counts its values.
    var isAutoNumber: Bool { self.autoNumberFormat != nil }

    /// Whether the mock keeps an index of its values.
    var isIndexed: Bool {
        if self.type == .reference {
            return !["OwnerId", "CreatedById", "LastModifiedById"].contains(self.name)
        }
        return self.type != .id && (self.isIDLookup || self.isExternalID || self.isUnique)
    }

    /// Whether the vendor has an index of it: the standard ones of every object, references, external
    /// ids and unique fields (Large Data Volumes guide).
    func isIndexedByVendor(on object: String) -> Bool {
        switch self.name {
        case "Id", "Name", "OwnerId", "CreatedDate", "SystemModstamp", "LastModifiedDate",
            "RecordTypeId":
            return true
        case "Email" where object == "Contact" || object == "Lead": return true
        default: return self.type == .reference || self.isExternalID || self.isUnique
        }
    }

    /// The index key of a value, or `nil` where the value has none.
    func indexKey(_ value: MockSalesforceValue) -> String? {
        switch value {
        case .null, .boolean, .datetime: nil
        case .number(let text): text
        case .text(let text):
            self.isCaseSensitive || self.type == .reference ? text : text.lowercased()
        }
    }
}
