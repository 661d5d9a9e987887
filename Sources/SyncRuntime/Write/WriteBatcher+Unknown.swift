import CRMInterface
import HTTPTransport
package import SyncCore
import SyncStore

/// Writes whose outcome no reply tells: looked for first, sent again only where that is safe.
extension WriteBatcher {
    /// Marks what an earlier process sent without reading its reply as of unknown outcome.
    package func recover() async throws(SyncError) {
        let sent = try await self.store.entries(
            EntryQuery(target: self.connection.side, states: [.sent], limit: Int.max)
        )
        for (name, entries) in Dictionary(grouping: sent, by: \.mapping).sorted(by: {
            $0.key < $1.key
        }) {
            guard let syncer = self.syncers[name] else { continue }
            let machine = await syncer.step().machine(of: self.connection.side)
            for chunk in entries.chunked(by: 1_000) {
                try await syncer.advance(chunk.map(machine.recovered))
            }
        }
    }

    /// Finds out what became of writes without a reply, and sends again what may be sent again.
    ///
    /// - Returns: how many writes were settled.
    func resolveUnknown() async throws(SyncError) -> Int {
        var settled = 0
        for _ in 0..<self.settings.attemptsMax {
            let entries = try await self.store.entries(
                EntryQuery(
                    target: self.connection.side,
                    states: [.unknown, .landed],
                    readyAt: self.time.wallMilliseconds,
                    limit: self.chunkMax
                )
            )
            guard !entries.isEmpty else { return settled }
            for name in Set(entries.map(\.mapping)).sorted() {
                guard let syncer = self.syncers[name] else { continue }
                settled += try await self.resolve(entries.filter { $0.mapping == name }, syncer)
            }
        }
        return settled
    }

    private func resolve(
        _ entries: [OutboxEntry],
        _ syncer: ObjectSyncer
    ) async throws(SyncError) -> Int {
        let step = await syncer.step()
        let machine = step.machine(of: self.connection.side)
        var ended: [OutboxEntry] = []
        var updates: [OutboxEntry] = []
        var byKey: [OutboxEntry] = []
        var byMatch: [OutboxEntry] = []
        for entry in entries {
            var next = entry
            switch machine.step(entry, looksUp: step.looksUp(entry)) {
            case .close:
                next.state = .confirmed
                ended.append(next)
            case .wait(let until):
                next.notBefore = until
                ended.append(next)
            case .look:
                if entry.kind != .create {
                    updates.append(entry)
                } else if step.createsByKey(entry) {
                    byKey.append(entry)
                } else {
                    byMatch.append(entry)
                }
            }
        }
        try await syncer.advance(ended)
        let lookedAt = self.time.monotonicMilliseconds
        var again = try await self.lookAtUpdates(updates, syncer)
        again += try await self.lookByKey(byKey, syncer)
        again += try await self.lookByMatch(byMatch, syncer, step)
        // A row read just now is the guard of what is sent again, as long as it is no older than any.
        let sent = try await self.deliver(again, lookedAt: lookedAt)
        return ended.count { $0.state == .confirmed } + updates.count + byKey.count
            + byMatch.count - again.count + sent
    }

    // MARK: - Looks

    /// Reads updated records by id; answers the writes that go again.
    private func lookAtUpdates(
        _ entries: [OutboxEntry],
        _ syncer: ObjectSyncer
    ) async throws(SyncError) -> [OutboxEntry] {
        var again: [OutboxEntry] = []
        for object in Set(entries.map(\.object)).sorted() {
            let mine = entries.filter { $0.object == object }
            for chunk in mine.chunked(by: self.connection.limits.readMax) {
                let reply = try await self.connection.read(
                    ReadRequest(
                        mapping: syncer.mapping,
                        object: object,
                        ids: chunk.compactMap(\.targetID),
                        purpose: "readBack",
                        priority: chunk.map(\.priority).min() ?? .field
                    )
                )
                var rest = chunk
                for page in reply.pages {
                    let ids = Set(page.rows.map(\.id))
                    let shown = rest.filter { ids.contains($0.targetID ?? "") }
                    let page = try await self.withParents(page, shown, syncer)
                    again += try await syncer.looked(at: shown, page: page)
                    rest.removeAll { ids.contains($0.targetID ?? "") }
                }
                try await syncer.notSeen(rest, missing: reply.missing)
            }
        }
        return again
    }

    /// Looks for creates by their key, strongly consistently; answers those that go again.
    private func lookByKey(
        _ creates: [OutboxEntry],
        _ syncer: ObjectSyncer
    ) async throws(SyncError) -> [OutboxEntry] {
        guard !creates.isEmpty else { return [] }
        let pages = try await self.connection.find(
            FindRequest(
                mapping: syncer.mapping,
                queries: creates.map { FindRequest.Query(sourceID: $0.sourceID, values: [:]) },
                priority: .newRecord,
                includesDeleted: true
            )
        )
        return try await self.settleFound(creates, pages, syncer) { row, entry in
            row.counterpartID == entry.sourceID
        }
    }

    /// Where the admin forbids a key, the match values tell, after the longest request time.
    private func lookByMatch(
        _ creates: [OutboxEntry],
        _ syncer: ObjectSyncer,
        _ step: RecordStep
    ) async throws(SyncError) -> [OutboxEntry] {
        guard !creates.isEmpty else { return [] }
        let pages = try await self.connection.find(
            FindRequest(
                mapping: syncer.mapping,
                queries: creates.compactMap(step.query),
                priority: .newRecord,
                includesDeleted: true
            )
        )
        let side = self.connection.side
        return try await self.settleFound(creates, pages, syncer) { row, entry in
            guard let values = entry.observed(on: side.other)?.values else { return false }
            let wanted = step.matchKeys(of: values, on: side.other, object: entry.object)
            let found = step.matchKeys(of: row.values, on: side, object: row.object)
            return !wanted.isEmpty && !Set(wanted).isDisjoint(with: found)
        }
    }

    private func settleFound(
        _ creates: [OutboxEntry],
        _ pages: [RecordPage],
        _ syncer: ObjectSyncer,
        where matches: (RecordRow, OutboxEntry) -> Bool
    ) async throws(SyncError) -> [OutboxEntry] {
        guard let page = pages.first else { return try await syncer.absent(creates) }
        // What is deleted or merged away proves as well that the create was stored; live rows come
        // first.
        let all = pages.flatMap(\.rows)
        let rows = all.filter { $0.fate == .live } + all.filter { $0.fate != .live }
        var gone: [RecordRow] = []
        var outcomes: [Int64: WriteReply.Outcome] = [:]
        for entry in creates {
            guard let row = rows.first(where: { matches($0, entry) }) else { continue }
            outcomes[entry.id] = .confirmed(id: row.id, created: true, stamp: row.stamp)
            if row.fate != .live { gone.append(row) }
        }
        let found = creates.filter { outcomes[$0.id] != nil }
        if !found.isEmpty {
            try await syncer.settle(
                found,
                reply: WriteReply(
                    outcomes: outcomes,
                    sent: page.sent,
                    ended: page.ended,
                    serverTime: page.serverTime
                ),
                byReply: false
            )
        }
        if !gone.isEmpty {
            // The new pairs have lost a record already.
            var left = page
            left.rows = gone
            _ = try await syncer.receive(left)
        }
        return try await syncer.absent(creates.filter { outcomes[$0.id] == nil })
    }
}
