import WireJSON

/// `GET /query?explain=`: how a statement would be carried out.
extension MockSalesforce {
    /// Every plan that the org considers, the one that it would use first.
    func explain(_ statement: String, _ now: Int64) throws(RequestFailure) -> RESTReply {
        let query = try SOQLParser.parse(statement)
        let planner = QueryPlanner(
            org: self.org,
            statement: Array(statement.utf8),
            now: now,
            includesDeleted: false
        )
        let plan = try planner.plan(query)
        let table = self.org.tables[plan.table]
        let total = table.rows.count { !$0.isPurged }
        let costs = self.costs(plan, limit: query.limit, total, now)
        return RESTReply.json { writer in
            writer.object { root in
                root.name("plans")
                root.array { plans in
                    for cost in costs { Self.write(cost, total, table.object.name, to: &plans) }
                }
                root.member("sourceQuery", statement)
            }
        }
    }

    private func costs(_ plan: QueryPlan, limit: Int?, _ total: Int, _ now: Int64) -> [QueryCost] {
        func count(_ filter: QueryPlan.Filter?) -> Int {
            var bare = QueryPlan(table: plan.table, projection: Projection(table: plan.table))
            bare.filter = filter
            return QueryRun(org: self.org, now: now, includesDeleted: false, plan: bare).rows()
                .count
        }
        var costs = [QueryCost.tableScan(count(plan.filter), of: total)]
        if let filter = plan.filter {
            let object = self.org.tables[plan.table].object
            for candidate in IndexCandidate.all(in: filter, of: object) {
                let fields = candidate.sides.map { object.fields[$0.place].name }
                var seen: Set<String> = []
                costs.append(
                    .index(
                        fields.filter { seen.insert($0).inserted },
                        candidate.sides.map {
                            (count($0.filter), object.fields[$0.place].isCustom)
                        },
                        of: total
                    )
                )
            }
        } else if let limit {
            costs.append(.limit(limit, of: total))
        }
        return costs.sorted(by: QueryCost.isBefore)
    }

    private static func write(
        _ cost: QueryCost,
        _ total: Int,
        _ object: String,
        to writer: inout JSONWriter
    ) {
        writer.object { plan in
            plan.member("cardinality", cost.cardinality)
            plan.name("fields")
            plan.array { names in for name in cost.fields { names.string(name) } }
            plan.member("leadingOperationType", cost.lead.rawValue)
            plan.name("notes")
            // That deleted records are left out has no index, which every recorded plan notes.
            plan.array { notes in
                notes.object { note in
                    note.member(
                        "description",
                        "Not considering filter for optimization because unindexed"
                    )
                    note.name("fields")
                    note.array { $0.string("IsDeleted") }
                    note.member("tableEnumOrId", object)
                }
            }
            plan.name("relativeCost")
            plan.raw(String(cost.relativeCost))
            plan.member("sobjectCardinality", total)
            plan.member("sobjectType", object)
        }
    }
}
