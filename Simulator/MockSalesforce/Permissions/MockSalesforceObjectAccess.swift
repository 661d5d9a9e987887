/// What a user may do with the records of one object.
package struct MockSalesforceObjectAccess: Sendable, Hashable, Codable {
    package var isReadable: Bool
    package var isCreateable: Bool
    package var isEditable: Bool
    package var isDeletable: Bool
    /// Whether the permission lists all records of the object, whoever shares them ("View All").
    ///
    /// It stands in `ObjectPermissions`; which records are hidden is told record by record.
    package var seesAll: Bool

    package init(
        isReadable: Bool = true,
        isCreateable: Bool = true,
        isEditable: Bool = true,
        isDeletable: Bool = true,
        seesAll: Bool = true
    ) {
        self.isReadable = isReadable
        self.isCreateable = isCreateable
        self.isEditable = isEditable
        self.isDeletable = isDeletable
        self.seesAll = seesAll
    }

    /// What an older snapshot does not name is given.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func flag(_ key: CodingKeys) throws -> Bool {
            try container.decodeIfPresent(Bool.self, forKey: key) ?? true
        }
        self.init(
            isReadable: try flag(.isReadable),
            isCreateable: try flag(.isCreateable),
            isEditable: try flag(.isEditable),
            isDeletable: try flag(.isDeletable),
            seesAll: try flag(.seesAll)
        )
    }

    package static let all = MockSalesforceObjectAccess()
    package static let readOnly = MockSalesforceObjectAccess(
        isCreateable: false,
        isEditable: false,
        isDeletable: false
    )
    package static let none = MockSalesforceObjectAccess(
        isReadable: false,
        isCreateable: false,
        isEditable: false,
        isDeletable: false,
        seesAll: false
    )

    mutating func add(_ other: MockSalesforceObjectAccess) {
        self.isReadable = self.isReadable || other.isReadable
        self.isCreateable = self.isCreateable || other.isCreateable
        self.isEditable = self.isEditable || other.isEditable
        self.isDeletable = self.isDeletable || other.isDeletable
        self.seesAll = self.seesAll || other.seesAll
    }
}
