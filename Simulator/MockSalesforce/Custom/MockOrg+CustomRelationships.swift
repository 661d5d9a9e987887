/// What a lookup or a master-detail must be.
extension MockOrg {
    private static let mastersMax = 2
    private static let lookupsMax = 40

    /// Refuses a relationship that cannot be; the texts are from memory.
    func requireRelationship(_ field: MockSalesforceCustomField) throws(RequestFailure) {
        guard let table = self.table(field.object) else {
            throw RequestFailure("INVALID_TYPE", "sObject type '\(field.object)' is not supported.")
        }
        guard field.type == .reference else { return }
        guard let target = field.referenceTo, let named = self.table(target) else {
            throw RequestFailure(
                "INVALID_TYPE",
                "sObject type '\(field.referenceTo ?? "")' is not supported."
            )
        }
        let object = self.tables[table].object
        let others = object.fields.filter {
            !$0.isRemoved && $0.isCustom && $0.type == .reference && $0.name != field.name
        }
        if field.isMasterDetail {
            try self.requireMaster(field, table, others)
        } else if field.isRequired, field.lookupRule == .setNull {
            throw CustomFieldMetadata.failure(
                "A required lookup cannot be emptied: deleteConstraint must be Restrict or Cascade",
                "Metadata"
            )
        }
        guard others.count < Self.lookupsMax else {
            throw RequestFailure("LIMIT_EXCEEDED", "\(object.name) has 40 relationships already")
        }
        let name = field.field.childRelationshipName?.lowercased()
        let isTaken = self.childRelationships(of: named).contains {
            $0.name?.lowercased() == name
                && ($0.table != table || object.fields[$0.place].name != field.name)
        }
        guard !isTaken else {
            throw RequestFailure(
                "DUPLICATE_DEVELOPER_NAME",
                "There is already a Child Relationship named \(name ?? "") on \(target).",
                fields: ["RelationshipName"]
            )
        }
    }

    private func requireMaster(
        _ field: MockSalesforceCustomField,
        _ table: Int,
        _ others: [MockField]
    ) throws(RequestFailure) {
        let object = self.tables[table].object
        let known = object.fields.contains {
            !$0.isRemoved && $0.name == field.name && $0.isMasterDetail
        }
        guard object.isCustom, field.referenceTo != "User", field.referenceTo != object.name else {
            throw CustomFieldMetadata.failure(
                "Only a custom object can be the detail, of another object that is not User",
                "Metadata"
            )
        }
        guard others.count(where: \.isMasterDetail) < Self.mastersMax else {
            throw RequestFailure("LIMIT_EXCEEDED", "\(object.name) has two masters already")
        }
        guard known || self.tables[table].rows.allSatisfy(\.isPurged) else {
            throw CustomFieldMetadata.failure(
                "A master-detail cannot be made while \(object.name) has records: make a lookup, "
                    + "fill it and change it",
                "Metadata"
            )
        }
    }
}
