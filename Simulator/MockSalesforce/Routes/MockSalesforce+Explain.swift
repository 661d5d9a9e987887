import WireJSON

/// `GET /query?explain=`: how a statement would be carried out.
extension MockSalesforce {
    /// One plan: by an index where the statement has a condition on an indexed field, else by all rows.
    func explain(_ statement: String, _ now: Int64) throws(RequestFailure) -> RESTReply {
        let query = try SOQLParser.parse(statement)
        let planner = QueryPlanner(
            org: self.org,
            statement: Array(statement.utf8),
            now: now,
            includesDeleted: false
        )
        let plan = try planner.plan(query)
        let run = QueryRun(org: self.org, now: now, includesDeleted: false, plan: plan)
        guard let table = self.org.readableTable(query.object) else {
            throw RequestFailure.notFound
        }
        let data = self.org.tables[table]
        let total = data.rows.count
        let text = statement.lowercased()
        let indexed = Self.indexedFields.filter { text.contains($0.lowercased()) }
        let hits = plan.isCount ? total : run.rows().count
        let cost = total == 0 ? 0 : Double(hits) / Double(total) * 3
        return RESTReply.json { writer in
            writer.object { root in
                root.name("plans")
                root.array { plans in
                    plans.object { plan in
                        plan.member("cardinality", hits)
                        plan.name("fields")
                        plan.array { names in for name in indexed { names.string(name) } }
                        plan.member(
                            "leadingOperationType",
                            indexed.isEmpty ? "TableScan" : "Index"
                        )
                        plan.name("notes")
                        plan.array { _ in }
                        plan.name("relativeCost")
                        plan.raw(String((cost * 1_000).rounded() / 1_000))
                        plan.member("sobjectCardinality", total)
                        plan.member("sobjectType", data.object.name)
                    }
                }
                root.member("sourceQuery", statement)
            }
        }
    }

    /// What every org has an index on.
    private static let indexedFields = [
        "Id", "Name", "OwnerId", "CreatedDate", "SystemModstamp", "RecordTypeId", "Email",
    ]
}
