package import CRMInterface
package import SyncCore

/// Ties that are records of their own in Salesforce: associations with their labels.
extension HubSpotConnection {
    /// What a read of ties told.
    struct TiesRead {
        var ties: [String: [HubSpotResponses.Related]] = [:]
        /// Records that have more than was read.
        var open: [String]
        /// Records of which HubSpot did not tell the ties.
        var unread: Set<String> = []

        init(open: [String]) {
            self.open = open
        }
    }

    /// More than twenty pages of 500 ties are too many.
    package func related(
        _ request: RelationRequest
    ) async throws(SyncError) -> RelationReply {
        guard !request.ids.isEmpty else { return RelationReply() }
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
        let tooMany = Set(read.open)
        for id in request.ids where !tooMany.contains(id) && !read.unread.contains(id) {
            related[id] = (read.ties[id] ?? []).flatMap { Self.related($0, relation) }
        }
        return RelationReply(ties: related, tooMany: tooMany)
    }

    private static func related(
        _ tie: HubSpotResponses.Related,
        _ relation: RelationMapping
    ) -> [RelatedRecord] {
        let roles = tie.kinds.compactMap(relation.role)
        var plain = RelatedRecord(id: tie.id)
        plain.hasOwnRole = tie.kinds.contains { $0.label != nil && relation.role(of: $0) == nil }
        guard !roles.isEmpty else { return [plain] }
        return roles.map { role in
            var related = plain
            related.role = role
            return related
        }
    }
}
