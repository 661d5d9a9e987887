/// Who owns a record: by an assignment rule, and whether a queue may.
extension MockOrg {
    /// What the rule that the write asks for gives to the record; nothing for a seed.
    func assigned(
        _ table: Int,
        _ values: [Value],
        _ context: WriteContext
    ) -> FieldWrite? {
        guard context.assignment != .none, !context.isSeed, !self.assignmentRules.isEmpty else {
            return nil
        }
        let object = self.tables[table].object
        guard let owner = object.systemPlace(of: "OwnerId") else { return nil }
        let rule = self.assignmentRules.enumerated().first { place, rule in
            guard rule.object == object.name else { return false }
            switch context.assignment {
            case .none: return false
            case .active: return rule.isActive
            case .rule(let id): return id == MockSalesforceAssignmentRule.id(place)
            }
        }?.element
        let entry = rule?.entries.first { entry in
            guard let field = entry.field else { return true }
            guard let place = object.systemPlace(of: field), place < values.count else {
                return false
            }
            return values[place] == entry.value
        }
        return entry.map { FieldWrite(place: owner, value: .text($0.ownerID)) }
    }

    /// Refuses a queue that is not one of the object's.
    func requireQueue(_ id: String, _ object: MockObject) throws(RequestFailure) {
        guard let groups = self.table("Group"), self.table(ofID: id) == groups else { return }
        var isOwned = false
        self.each("QueueSobject") { row in
            if row("QueueId").text == id, row("SobjectType").text == object.name { isOwned = true }
        }
        guard !isOwned else { return }
        throw RequestFailure(
            "INVALID_OPERATION",
            "Queue not associated with this SObject type",
            fields: []
        )
    }
}
