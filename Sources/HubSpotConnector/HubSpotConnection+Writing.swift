package import CRMInterface
import HTTPTransport
package import SyncCore

extension HubSpotConnection {
    package func write(
        _ batch: [RecordWrite],
        priority: PriorityClass,
        hold: CallHold
    ) async -> WriteReply {
        guard !batch.isEmpty else { return Self.nothingWritten }
        await self.writeUnmapped(priority)
        self.forgetTies(of: batch)
        // A read that is on its way meanwhile may see either.
        defer { self.forgetTies(of: batch) }
        // Ties are no properties: they have calls of their own, but for new records, which bring them along.
        var reply = await self.writeTies(of: batch, priority: priority, leavesBy: hold.leavesBy)
        await self.attach(batch, priority: priority, leavesBy: hold.leavesBy, &reply)
        let rest = batch.filter { write in
            reply.outcomes[write.entryID] == nil
                && (!write.isUpdate || write.fields.contains { $0.refersTo == nil })
        }
        for write in batch where reply.outcomes[write.entryID] == nil {
            guard case .update(let id) = write.action else { continue }
            reply.outcomes[write.entryID] = .confirmed(id: id, created: false, stamp: nil)
        }
        guard let request = self.requests.write(rest) else { return reply }
        var left = await self.write(request, rest, "batchWrite", priority: priority, hold: hold)
        Self.tieIsStored(of: rest, in: &left)
        reply.add(left)
        return reply
    }

    /// Of a record whose tie went through nobody may say that nothing was stored: it is looked at.
    private static func tieIsStored(of batch: [RecordWrite], in reply: inout WriteReply) {
        for write in batch where write.isUpdate {
            guard !write.ties.isEmpty || write.fields.contains(where: { $0.refersTo != nil }),
                case .notStored = reply.outcomes[write.entryID]
            else { continue }
            reply.outcomes[write.entryID] = .unknown
        }
    }

    private func forgetTies(of batch: [RecordWrite]) {
        for write in batch where !write.ties.isEmpty {
            if let id = write.updatedID { self.tieCache.forget(id, of: write.object) }
        }
    }

    private func write(
        _ request: HTTPRequest,
        _ batch: [RecordWrite],
        _ endpoint: String,
        priority: PriorityClass,
        hold: CallHold
    ) async -> WriteReply {
        let call = CallDescription(
            endpoint: endpoint,
            purpose: "write",
            object: batch.first?.object,
            records: batch.count,
            priority: priority,
            hold: hold
        )
        do {
            let reply = try await self.sendOnce(request, call)
            let version = self.configuration.apiVersion
            let sorted =
                endpoint == Self.tying
                ? HubSpotWriteReply.refused(reply.response, batch, version)
                : HubSpotWriteReply.outcomes(reply.response, batch, version)
            var written = WriteReply(
                outcomes: sorted.outcomes,
                sent: reply.sent,
                ended: reply.ended,
                serverTime: HTTPDate.serverTime(of: reply.response),
                failure: sorted.failure
            )
            written.isPaced = reply.response.status == 429
            return written
        } catch {
            return WriteFailure.reply(batch, error, HubSpotFailures.error(error))
        }
    }

    // MARK: - Ties

    /// Ties what the updates of a batch name, and unties what they clear.
    ///
    /// - Returns: the outcomes of those that did not go through.
    private func writeTies(
        of batch: [RecordWrite],
        priority: PriorityClass,
        leavesBy: Int64?
    ) async -> WriteReply {
        var reply = Self.nothingWritten
        var hold = CallHold.none
        hold.leavesBy = leavesBy
        let objects = Set(batch.filter(\.isUpdate).flatMap { $0.fields.compactMap(\.refersTo) })
        for object in objects.sorted() {
            let named = batch.filter { $0.isUpdate && $0.reference(to: object)?.isBlank == false }
            let from = named.first?.object ?? ""
            var next = hold
            if HubSpotRequests.keepsFormer(from: from, to: object) {
                let untied = await self.untie(named, from: object, priority: priority, hold)
                // Who has lost the former one must get the other: a blank looks like somebody's clear.
                if untied.sent != .none { next.leavesBy = nil }
                reply.add(untied)
            }
            let made = named.filter { reply.outcomes[$0.entryID] == nil }
            if let request = self.requests.relate(made, to: object) {
                reply.add(
                    await self.write(request, made, Self.tying, priority: priority, hold: next)
                )
            }
            if HubSpotRequests.keepsFormer(from: from, to: object) {
                await self.tieBack(made, to: object, priority: priority, &reply)
            }
            let cleared = batch.filter { $0.isUpdate && $0.reference(to: object)?.isBlank == true }
            guard !cleared.isEmpty else { continue }
            reply.add(await self.untie(cleared, from: object, priority: priority, hold))
        }
        return reply
    }

    /// Ties records to the one before again where HubSpot did not take the other: nobody has cleared it.
    ///
    /// Where that is not certain the write is looked at.
    private func tieBack(
        _ untied: [RecordWrite],
        to object: String,
        priority: PriorityClass,
        _ reply: inout WriteReply
    ) async {
        let refused = untied.filter { write in
            switch reply.outcomes[write.entryID] {
            case .rejected, .notStored: true
            case .confirmed, .unknown, nil: false
            }
        }
        let former = refused.compactMap { $0.naming(formerOf: object) }
        guard let request = self.requests.relate(former, to: object) else { return }
        let back = await self.write(request, former, Self.tying, priority: priority, hold: .none)
        reply.ended = back.ended == .none ? reply.ended : back.ended
        for write in former {
            switch back.outcomes[write.entryID] {
            // One that is gone meanwhile leaves a blank that is nobody's either.
            case .confirmed, .rejected, nil: continue
            case .unknown, .notStored: reply.outcomes[write.entryID] = .unknown
            }
        }
    }

    /// Of what a part of went through nobody may say that nothing was stored: it is looked at.
    private static func looksAtUnstored(_ reply: WriteReply) -> WriteReply {
        var reply = reply
        for (entry, outcome) in reply.outcomes {
            if case .notStored = outcome { reply.outcomes[entry] = .unknown }
        }
        return reply
    }

    /// Ties activities to what they belong to now, then takes them away from what they did: in between they
    /// belong to both, never to nothing.
    private func attach(
        _ batch: [RecordWrite],
        priority: PriorityClass,
        leavesBy: Int64?,
        _ reply: inout WriteReply
    ) async {
        var hold = CallHold.none
        hold.leavesBy = leavesBy
        let updates = batch.filter { $0.isUpdate && !$0.ties.isEmpty }
        var begun: Set<Int64> = []
        for isMade in [true, false] {
            let ties = updates.flatMap(\.ties).filter { $0.isMade == isMade }
            for object in Set(ties.map(\.object)).sorted() {
                let part = updates.filter { write in
                    reply.outcomes[write.entryID] == nil
                        && write.ties.contains { $0.object == object && $0.isMade == isMade }
                }
                let requests =
                    isMade
                    ? [self.requests.attach(part, to: object)].compactMap(\.self)
                    : self.requests.detach(part, from: object)
                for request in requests {
                    reply.add(
                        await self.write(request, part, Self.tying, priority: priority, hold: hold)
                    )
                }
                begun.formUnion(part.map(\.entryID).filter { reply.outcomes[$0] == nil })
            }
        }
        // One that belongs to both is not as it was before: a look tells what is left to do.
        for entry in begun {
            guard case .notStored = reply.outcomes[entry] else { continue }
            reply.outcomes[entry] = .unknown
        }
    }

    /// Takes the primary record away from each; which one it is, is read first.
    ///
    /// One that is to be tied is tied already and stays.
    private func untie(
        _ batch: [RecordWrite],
        from object: String,
        priority: PriorityClass,
        _ hold: CallHold
    ) async -> WriteReply {
        guard let from = batch.first?.object else { return Self.nothingWritten }
        let ids = batch.compactMap(\.updatedID)
        do throws(SyncError) {
            var ended = RequestSequence.none
            let read = TieRead(purpose: "guard", priority: priority)
            let found = try await self.ties(of: from, ids, to: object, read, &ended)
            // Which one is the primary record of some nobody knows: they wait, and the others go on.
            let unread = found.unread.union(
                found.open.filter { id in
                    !HubSpotRequests.holdsPrimary(found.ties[id] ?? [], from: from, to: object)
                }
            )
            let told = batch.filter { !unread.contains($0.updatedID ?? "") }
            var ties = found.ties.filter { !unread.contains($0.key) }
            for write in told {
                guard let id = write.updatedID, let wanted = write.reference(to: object)?.text
                else { continue }
                ties[id]?.removeAll { $0.id == wanted }
            }
            var reply = Self.nothingWritten
            var hasUntied = false
            for request in self.requests.part(from, object, ties) {
                let part = await self.write(
                    request,
                    told,
                    Self.tying,
                    priority: priority,
                    hold: hold
                )
                if part.sent != .none, part.failure == nil { hasUntied = true }
                reply.add(part)
            }
            if hasUntied { reply = Self.looksAtUnstored(reply) }
            let later = HubSpotFailures.unreadTies().disposition
            for write in batch where unread.contains(write.updatedID ?? "") {
                reply.outcomes[write.entryID] = .notStored(later)
            }
            return reply
        } catch {
            let outcome = WriteReply.Outcome.notStored(error.disposition)
            var reply = Self.nothingWritten
            reply.failure = error
            for write in batch { reply.outcomes[write.entryID] = outcome }
            return reply
        }
    }

    private static let tying = "associationsWrite"

    // MARK: - Pieces

    static let nothingWritten = WriteReply(
        outcomes: [:],
        sent: .none,
        ended: .none,
        serverTime: nil
    )

    /// The mistake of a mutant: with each batch a record of an object that no mapping names is made.
    ///
    /// The object is the one that simulations have beside contacts.
    private func writeUnmapped(_ priority: PriorityClass) async {
        guard self.sabotage == .writesUnmapped else { return }
        let value = FieldValue(normal: "engine")
        let name = RecordWrite.Field(name: "plant_name", type: .text, value: value)
        guard let request = self.requests.write([PlainWrite(.new, [name])], to: "plant") else {
            return
        }
        let call = CallDescription(
            endpoint: "batchWrite",
            purpose: "write",
            object: "plant",
            records: 1,
            priority: priority
        )
        _ = try? await self.sendOnce(request, call)
    }
}
