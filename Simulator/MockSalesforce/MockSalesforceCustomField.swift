/// A field that an administrator has added to an object.
package struct MockSalesforceCustomField: Sendable, Hashable, Codable {
    package var object: String
    package var name: String
    package var label: String
    package var type: MockFieldType
    package var length: Int
    package var precision: Int
    package var scale: Int
    package var isExternalID: Bool
    package var isUnique: Bool
    package var isCaseSensitive: Bool
    package var isRequired = false
    package var isReadOnly = false
    package var isRestrictedPicklist = false
    package var picklistValues: [String] = []
    /// The object that a lookup points to.
    package var referenceTo: String?
    /// What that object calls the rows that point to it, without `__r`; `nil` for the plural of theirs.
    package var childRelationshipName: String?
    /// What becomes of the record when what its lookup names is deleted; a master-detail cascades.
    package var lookupRule = MockLookupRule.setNull
    /// Whether its record belongs to the one that it names, which it must have.
    package var isMasterDetail = false
    /// Whether a detail may be given to another master.
    package var isReparentable = false
    /// How its values are counted, as `P-{0000}`; nobody writes them then.
    package var autoNumberFormat: String?
    package var firstNumber = 1
    /// How its values are worked out; nobody writes them then.
    package var calculation: MockSalesforceCalculation?

    package init(
        object: String,
        name: String,
        label: String,
        type: MockFieldType = .string,
        length: Int = 255,
        precision: Int = 18,
        scale: Int = 0,
        isExternalID: Bool = false,
        isUnique: Bool = false,
        isCaseSensitive: Bool = false
    ) {
        self.object = object
        self.name = name
        self.label = label
        self.type = type
        self.length = length
        self.precision = precision
        self.scale = scale
        self.isExternalID = isExternalID
        self.isUnique = isUnique
        self.isCaseSensitive = isCaseSensitive
    }

    /// The key of the sync on what it keeps in step: unique, so that a repeated create is harmless.
    package static let standard =
        ["Lead", "Contact", "Account", "Opportunity", "Case", "Task", "Event"].map { object in
            Self.key("HubSpot_Record_ID__c", "HubSpot Record ID", of: object)
        } + [Self.key("HubSpot_Note_ID__c", "HubSpot Note ID", of: "Task")]

    private static func key(
        _ name: String,
        _ label: String,
        of object: String
    ) -> MockSalesforceCustomField {
        MockSalesforceCustomField(
            object: object,
            name: name,
            label: label,
            length: 18,
            isExternalID: true,
            isUnique: true,
            isCaseSensitive: true
        )
    }

    var field: MockField {
        var field = MockField(name: self.name, label: self.label, type: self.type)
        let hasLength =
            !self.type.isNumber && self.type != .boolean && self.type != .date
            && self.type != .datetime
        field.length = self.type == .reference ? 18 : hasLength ? self.length : 0
        field.precision = self.type.isNumber ? self.precision : 0
        field.scale = self.type.isNumber ? self.scale : 0
        field.isCreateable = !self.isReadOnly
        field.isUpdateable = !self.isReadOnly
        field.isNillable = !self.isRequired && self.type != .boolean
        field.isDefaultedOnCreate = self.type == .boolean
        field.isExternalID = self.isExternalID
        field.isIDLookup = self.isExternalID
        field.isUnique = self.isUnique
        field.isCaseSensitive = self.isCaseSensitive
        field.isRestrictedPicklist = self.isRestrictedPicklist
        field.isCustom = true
        field.picklistValues = self.picklistValues
        field.isFilterable = self.type != .textarea || self.length <= 255
        field.isSortable = field.isFilterable
        if let target = self.referenceTo {
            field.referenceTo = [target]
            field.relationshipName = String(self.name.dropLast(3)) + "__r"
            let plural = self.object.hasSuffix("__c") ? self.object.dropLast(3) : self.object[...]
            field.childRelationshipName = (self.childRelationshipName ?? plural + "s") + "__r"
            field.lookupRule = self.isMasterDetail ? .cascade : self.lookupRule
            field.isMasterDetail = self.isMasterDetail
        }
        if self.isMasterDetail {
            field.isNillable = false
            field.isUpdateable = field.isUpdateable && self.isReparentable
        }
        if let format = self.autoNumberFormat {
            (field.autoNumberFormat, field.firstNumber) = (format, self.firstNumber)
            (field.isCreateable, field.isUpdateable) = (false, false)
            (field.isNillable, field.isDefaultedOnCreate) = (false, true)
            field.length = 30
        }
        if let calculation = self.calculation {
            (field.calculation, field.isCalculated) = (calculation, true)
            (field.isCreateable, field.isUpdateable) = (false, false)
            field.isNillable = true
        }
        if self.type == .boolean { field.defaultValue = .boolean(false) }
        return field
    }
}
