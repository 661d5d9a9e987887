extension QueryPlanner {
    /// A statement inside the list of another one: the rows of a child relationship.
    func children(
        _ inner: SOQLQuery,
        of table: Int
    ) throws(RequestFailure) -> Projection.Member {
        let relationship = self.org.childRelationships(of: table).first {
            $0.name?.lowercased() == inner.object.lowercased()
        }
        guard let relationship, let name = relationship.name else {
            throw SOQLError.noSuchRelationship(
                inner.object,
                self.statement,
                at: inner.objectOffset
            )
        }
        let plan = try self.plan(inner, over: relationship.table)
        guard plan.grouping == nil, !plan.isCount, !plan.projection.hasChildren else {
            throw SOQLError.malformed(
                "unexpected aggregate or sub-select in a sub-select",
                self.statement,
                at: inner.objectOffset
            )
        }
        let reference = QueryPlan.Column(
            table: relationship.table,
            place: relationship.place,
            comparing: .id
        )
        return .children(name: name, plan, reference: reference)
    }
}
