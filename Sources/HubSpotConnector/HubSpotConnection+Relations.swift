package import CRMInterface
package import SyncCore

/// Ties that are records of their own in Salesforce: associations with their labels.
extension HubSpotConnection {
    /// The ties of records by the record's id; a record with more than twenty pages of 500 is left out, one without any
    /// has an empty list.
    package func related(
        _ request: RelationRequest
    ) async throws(SyncError) -> [String: [RelatedRecord]] {
        guard !request.ids.isEmpty else { return [:] }
        let relation = request.relation
        var ended = RequestSequence.none
        let read = try await self.ties(
            of: relation.hubspotParent,
            request.ids,
            to: relation.hubspotChild,
            TieRead(purpose: "relations", priority: request.priority),
            &ended
        )
        var related: [String: [RelatedRecord]] = [:]
        for id in request.ids where !read.open.contains(id) {
            related[id] = (read.ties[id] ?? []).flatMap { Self.related($0, relation) }
        }
        return related
    }

    private static func related(
        _ tie: HubSpotResponses.Related,
        _ relation: RelationMapping
    ) -> [RelatedRecord] {
        let roles = tie.kinds.compactMap(relation.role)
        guard !roles.isEmpty else { return [RelatedRecord(id: tie.id)] }
        return roles.map { RelatedRecord(id: tie.id, role: $0) }
    }
}
