import CRMInterface
import HTTPTransport
import SyncCore
import SyncStore

/// How ties are written: associations in HubSpot, records in between in Salesforce.
extension RelationSyncer {
    /// Writes what decisions lack on either side.
    func write(_ decided: [RelationLook.Decided]) async throws(SyncError) -> RelationResults {
        var results = RelationResults(fates: decided.map { _ in .stored })
        for side in Side.allCases {
            guard let connection = self.connections[side] else { continue }
            let writes = self.writes(decided, on: side)
            let batchMax = side == .hubspot ? Self.tiesMax : Self.rowsMax
            var batches = stride(from: 0, to: writes.count, by: batchMax).reversed().map { start in
                Array(writes[start..<min(start + batchMax, writes.count)])
            }
            var halvings = 0
            while let batch = batches.popLast() {
                guard results.failure == nil else {
                    for write in batch { results.fates[write.place] = .open }
                    continue
                }
                try await self.announce(batch.map { decided[$0.place] }, on: side)
                let reply = await connection.write(
                    batch.map(\.write),
                    priority: .field,
                    hold: .none
                )
                if batch.count > 1, halvings < Self.halvingsMax, Self.refusesWhole(batch, reply) {
                    // One of them is at fault, and the CRM does not say which one.
                    halvings += 1
                    let half = batch.count / 2
                    batches += [Array(batch[half...]), Array(batch[..<half])]
                    continue
                }
                self.settle(batch, reply, on: side, &results)
            }
        }
        return results
    }

    private static func refusesWhole(_ batch: [Write], _ reply: WriteReply) -> Bool {
        batch.allSatisfy { write in
            reply.outcomes[write.write.entryID] == .notStored(.retry(afterMilliseconds: 0))
        }
    }

    /// Stores what is about to be written.
    ///
    /// Who dies before the reply looks again when it can no longer land, and takes what has landed for nobody's edit.
    /// Records in between have no key, and would be made twice.
    private func announce(
        _ decided: [RelationLook.Decided],
        on side: Side
    ) async throws(SyncError) {
        var commit = RelationCommit(self.relation.name)
        commit.later = decided.map(\.parent)
        commit.sent = decided.map { one in
            SentTie(
                parent: one.parent.link.id,
                child: one.decision.child.link,
                side: side,
                roles: one.decision.agreed
            )
        }
        let longest = self.settings.requestTimeMax[side] ?? 0
        commit.notBefore = self.time.wallMilliseconds + longest
        try await self.store.commit(commit)
    }

    private struct Write {
        var write: RecordWrite
        /// Which decision it belongs to.
        var place: Int
    }

    /// The writes to a side; each is told by its number in the reply.
    private func writes(_ decided: [RelationLook.Decided], on side: Side) -> [Write] {
        var writes: [Write] = []
        for (place, one) in decided.enumerated() {
            let link = one.parent.link
            switch side {
            case .hubspot:
                guard !one.decision.ties.isEmpty else { continue }
                var write = RecordWrite(
                    entryID: Int64(writes.count + 1),
                    mapping: self.parent.mapping,
                    object: self.relation.hubspotParent,
                    action: .update(id: link.hubspotID),
                    fields: []
                )
                write.ties = one.decision.ties.map { self.tie($0) }
                writes.append(Write(write: write, place: place))
            case .salesforce:
                for row in one.decision.rows {
                    let (action, fields) = self.action(row, of: link)
                    let write = RecordWrite(
                        entryID: Int64(writes.count + 1),
                        mapping: self.relation.junction,
                        object: self.relation.object.name,
                        action: action,
                        fields: fields
                    )
                    writes.append(Write(write: write, place: place))
                }
            }
        }
        return writes
    }

    private func tie(_ tie: RelationStep.Tie) -> RecordWrite.Tie {
        RecordWrite.Tie(
            field: self.relation.name,
            object: self.relation.hubspotChild,
            id: tie.childID,
            isMade: tie.isMade,
            kind: tie.kind
        )
    }

    private func action(
        _ row: RelationStep.Row,
        of link: Link
    ) -> (RecordWrite.Action, [RecordWrite.Field]) {
        switch row {
        case .delete(let id): return (.delete(id: id), [])
        case .setRole(let id, let role):
            return (.update(id: id), self.fields([(self.relation.roleIndex, role ?? "")]))
        case .create(let childID, let role):
            let lookup = self.relation.lookup(of: childID)?.index
            return (
                .createWithoutKey,
                self.fields([
                    (self.relation.parentLookup.index, link.salesforceID), (lookup, childID),
                    (role == nil ? nil : self.relation.roleIndex, role ?? ""),
                ])
            )
        }
    }

    private func fields(_ values: [(index: Int?, text: String)]) -> [RecordWrite.Field] {
        values.compactMap { index, text in
            index.flatMap { self.relation.field($0) }.map { field in
                RecordWrite.Field(
                    name: field.name,
                    type: field.shape.type,
                    value: FieldValue(normal: text)
                )
            }
        }
    }

    /// Notes what became of each write; a decision is stored once all of its writes are.
    private func settle(
        _ batch: [Write],
        _ reply: WriteReply,
        on side: Side,
        _ results: inout RelationResults
    ) {
        for write in batch {
            switch reply.outcomes[write.write.entryID] ?? .unknown {
            case .confirmed: continue
            case .rejected(let rejection):
                // What is gone meanwhile is seen by the next look.
                if results.fates[write.place] == .stored {
                    results.fates[write.place] = .refused(code: rejection.code)
                }
            case .unknown:
                results.fates[write.place] = .open
                // An attempt that was not answered may land until then.
                let longest = self.settings.requestTimeMax[side] ?? 0
                results.wait = max(results.wait, longest)
            case .notStored(let disposition):
                results.fates[write.place] = .open
                // What stays refused is not sent again and again.
                results.wait = max(results.wait, disposition.wait ?? 0, Self.refusedWait)
            }
        }
        guard let failure = reply.failure else { return }
        if failure.disposition == .stop || failure.code == .limitReached {
            results.failure = failure
        }
    }

    /// HubSpot ties 2,000 pairs at once, and of one pair three kinds at most are written together.
    private static let tiesMax = 500
    /// Five collections of 200 of one kind each are one call to Salesforce, and a batch has three kinds.
    private static let rowsMax = 600
    /// How often the batches of a look are halved.
    private static let halvingsMax = 40
    private static let refusedWait: Int64 = 60_000
}
