package import CRMInterface
package import SyncCore

/// Ties that are records of their own: contact roles, members of campaigns.
extension SalesforceConnection {
    package func related(
        _ request: RelationRequest
    ) async throws(SyncError) -> RelationReply {
        let relation = request.relation
        guard !request.ids.isEmpty, let parent = relation.field(relation.parentLookup.index) else {
            return RelationReply()
        }
        var related = Dictionary(request.ids.map { ($0, [RelatedRecord]()) }) { one, _ in one }
        let statement = SalesforceQueries.related(
            relation.object,
            by: parent.name,
            ids: request.ids
        )
        var next: String? = self.requests.paths.query(statement)
        while let url = next {
            let reply = try await self.composite(
                [url],
                endpoint: "composite",
                purpose: "relations",
                object: relation.object.name,
                records: request.ids.count,
                priority: request.priority
            )
            guard let body = reply.bodies.first else { throw SalesforceFailures.malformed() }
            for row in try SalesforceResponses.rows(body, relation.junction, relation.object) {
                let parentID = row.values.values[relation.parentLookup.index].text
                if let tie = relation.related(row) { related[parentID]?.append(tie) }
            }
            next = try SalesforceResponses.next(body)
        }
        return RelationReply(ties: related)
    }
}
