import SyncCore
import SyncStore

/// Ties between records.
extension SimulatedStore {
    func relationsDue(
        _ relation: String,
        ready wallMilliseconds: Int64,
        limit: Int
    ) async throws(SyncError) -> [DueRelation] {
        try await self.call { () async throws(SyncError) in
            let due = try await self.inner.relationsDue(
                relation,
                ready: wallMilliseconds,
                limit: limit
            )
            guard self.sabotage == .takesHiddenForUntied else { return due }
            return due.map { one in
                var told = one
                (told.isTold, told.told) = (true, [])
                return told
            }
        }
    }

    func relations(
        _ relation: String,
        parents: [Int64]
    ) async throws(SyncError) -> [Int64: [Int64: Set<String>]] {
        try await self.call { () async throws(SyncError) in
            let agreed = try await self.inner.relations(relation, parents: parents)
            return self.sabotage == .forgetsAgreements ? [:] : agreed
        }
    }

    func keepRelations(
        _ relation: String,
        madeUpAs makeUp: String,
        walk: String
    ) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.keepRelations(relation, madeUpAs: makeUp, walk: walk)
        }
    }

    func keepStatuses(_ mapping: String, madeUpAs makeUp: String?) async throws(SyncError) {
        // Runs in which records tell nothing go as they did before there was such a thing.
        guard makeUp != nil else {
            return try await self.inner.keepStatuses(mapping, madeUpAs: nil)
        }
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.keepStatuses(mapping, madeUpAs: makeUp)
        }
    }

    func statusesDue(
        _ mapping: String,
        on sides: Set<Side>,
        limit: Int
    ) async throws(SyncError) -> [DueStatus] {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.statusesDue(mapping, on: sides, limit: limit)
        }
    }

    func links(ids: [Int64]) async throws(SyncError) -> [Link] {
        try await self.call { () async throws(SyncError) in
            try await self.inner.links(ids: ids)
        }
    }

    func commit(_ commit: RelationCommit) async throws(SyncError) {
        try await self.call(mustLast: true) { () async throws(SyncError) in
            try await self.inner.commit(commit)
        }
        try await self.marked(commit.marks)
    }
}
