import CRMInterface
import HTTPTransport
import SyncCore
import WireJSON

/// Sorts one batch's reply out: every write gets an outcome, never by its position.
///
/// 207 with trace ids: docs/api-reference/latest/error-handling. Shapes of results and errors:
/// recorded, batch/create/contacts/err-partial-success.json. Replies with neither are known from
/// rudderlabs/rudder-transformer, destination hs ("silent failure").
struct HubSpotWriteReply {
    private let batch: [RecordWrite]
    private var outcomes: [Int64: WriteReply.Outcome] = [:]
    private let byTrace: [String: Int64]
    private let byID: [String: Int64]

    private init(_ batch: [RecordWrite]) {
        self.batch = batch
        var byTrace: [String: Int64] = [:]
        var byID: [String: Int64] = [:]
        for write in batch {
            byTrace[String(write.entryID)] = write.entryID
            switch write.action {
            case .update(let id), .delete(let id): byID[id] = write.entryID
            case .createByKey, .createWithoutKey: break
            }
        }
        self.byTrace = byTrace
        self.byID = byID
    }

    /// The outcomes of a reply, by outbox entry.
    static func outcomes(
        _ response: HTTPResponse,
        _ batch: [RecordWrite],
        _ version: HubSpotVersion
    ) -> (outcomes: [Int64: WriteReply.Outcome], failure: SyncError?) {
        var reply = HubSpotWriteReply(batch)
        switch response.status {
        case 200..<300:
            // Answered with nothing, for ids that are none too (204).
            if batch.contains(where: { $0.deletedID != nil }) { return (reply.deleted(), nil) }
            guard let json = try? JSON(parsing: response.body) else {
                return (reply.all(.unknown), HubSpotFailures.malformed())
            }
            reply.take(json)
            // What is in neither list may have been stored: it is read again, never assumed.
            for write in batch where reply.outcomes[write.entryID] == nil {
                reply.outcomes[write.entryID] = .unknown
            }
            return (reply.outcomes, nil)
        // 502 and 504 may come after the write (docs/api-reference/error-handling); 503 and 521 say
        // that nobody worked on it.
        case 500..<600 where response.status != 503 && response.status != 521:
            return (reply.all(.unknown), HubSpotFailures.error(response, version))
        default:
            let error = HubSpotFailures.error(response, version)
            if batch.count == 1, let json = try? JSON(parsing: response.body),
                [400, 404, 409].contains(response.status)
            {
                let rejection = reply.rejection(json, of: batch[0].entryID)
                return (reply.all(.rejected(rejection)), nil)
            }
            if case .holdRecord = error.disposition {
                // Refused as a whole: each goes alone next, and the one at fault shows itself.
                return (reply.all(.notStored(.retry(afterMilliseconds: 0))), error)
            }
            return (reply.all(.notStored(error.disposition)), error)
        }
    }

    /// What a reply to a batch of ties refuses; those that it does not name are made, or were.
    ///
    /// `crm.associations.INVALID_IDENTIFIER` names the ids that are none: recorded by
    /// amp-labs/connectors, providers/hubspot/internal/crm/associations/test.
    static func refused(
        _ response: HTTPResponse,
        _ batch: [RecordWrite],
        _ version: HubSpotVersion
    ) -> (outcomes: [Int64: WriteReply.Outcome], failure: SyncError?) {
        guard (200..<300).contains(response.status) else {
            return Self.outcomes(response, batch, version)
        }
        // Some versions answer a batch that takes ties away with nothing (204).
        guard !response.body.isEmpty else { return ([:], nil) }
        var reply = HubSpotWriteReply(batch)
        guard let json = try? JSON(parsing: response.body) else {
            return (reply.all(.unknown), HubSpotFailures.malformed())
        }
        for error in json["errors"]?.elements ?? [] {
            let ids = Set(HubSpotID.texts(error["context"]?["id"]))
            let code = HubSpotResponses.refusal(error)
            // Alone in its batch a write is what the error is about, if it is about what was sent.
            let isAlone = batch.count == 1 && error["category"]?.string == "VALIDATION_ERROR"
            var isNamed = false
            for write in batch {
                let isGone = write.updatedID.map { ids.contains($0) } ?? false
                let named = write.fields(naming: { ids.contains($0) || batch.count == 1 })
                guard isGone || !named.isEmpty || isAlone else { continue }
                isNamed = true
                reply.outcomes[write.entryID] = .rejected(
                    WriteReply.Rejection(
                        kind: isGone ? .missing : .badValue,
                        code: code,
                        fields: named
                    )
                )
            }
            // Nobody is named: each goes alone next, and the one at fault shows itself.
            guard isNamed else {
                return (reply.all(.notStored(.retry(afterMilliseconds: 0))), nil)
            }
        }
        return (reply.outcomes, nil)
    }

    private func deleted() -> [Int64: WriteReply.Outcome] {
        let all = self.batch.map { write in
            (
                write.entryID,
                WriteReply.Outcome.confirmed(id: write.deletedID ?? "", created: false, stamp: nil)
            )
        }
        return Dictionary(all) { first, _ in first }
    }

    private func all(_ outcome: WriteReply.Outcome) -> [Int64: WriteReply.Outcome] {
        Dictionary(self.batch.map { ($0.entryID, outcome) }) { first, _ in first }
    }

    private mutating func take(_ json: JSON) {
        for result in json["results"]?.elements ?? [] {
            guard let id = result["id"]?.string, let entry = self.entry(of: result, id: id) else {
                continue
            }
            let stampBytes =
                result["properties"]?["lastmodifieddate"]?.bytes ?? result["updatedAt"]?.bytes
            let stamp = stampBytes.flatMap { CivilTime.milliseconds($0[...]) }
            self.outcomes[entry] = .confirmed(
                id: id,
                created: result["new"]?.boolean ?? true,
                stamp: stamp.map { ServerTime(milliseconds: $0) }
            )
        }
        for error in json["errors"]?.elements ?? [] {
            for entry in self.entries(of: error) where self.outcomes[entry] == nil {
                self.outcomes[entry] = .rejected(self.rejection(error, of: entry))
            }
        }
    }

    /// The refusal with the properties whose tied records are not there.
    private func rejection(_ error: JSON, of entry: Int64) -> WriteReply.Rejection {
        var rejection = HubSpotFailures.rejection(error)
        guard let ids = HubSpotFailures.unknownIDs(error),
            let write = self.batch.first(where: { $0.entryID == entry })
        else { return rejection }
        rejection.fields = write.fields(naming: { ids.contains($0) })
        return rejection
    }

    private func entry(of result: JSON, id: String) -> Int64? {
        if let trace = result["objectWriteTraceId"]?.string, let entry = self.byTrace[trace] {
            return entry
        }
        if let entry = self.byID[id] { return entry }
        // Without a trace, a create answers with the key that it was made by.
        for write in self.batch {
            guard case .createByKey(let field, let value) = write.action else { continue }
            let found = result["properties"]?[field]?.string?.lowercased()
            if found == value.lowercased() { return write.entryID }
        }
        // One input and one result belong together.
        return self.batch.count == 1 ? self.batch.first?.entryID : nil
    }

    private func entries(of error: JSON) -> [Int64] {
        let context = error["context"]
        let traces = context?["objectWriteTraceId"]?.elements.compactMap(\.string) ?? []
        let named = traces.compactMap { self.byTrace[$0] }
        if !named.isEmpty { return named }
        let ids = HubSpotID.texts(context?["ids"])
        let byID = ids.compactMap { self.byID[$0] }
        if !byID.isEmpty { return byID }
        return self.batch.count == 1 ? self.batch.map(\.entryID) : []
    }
}
