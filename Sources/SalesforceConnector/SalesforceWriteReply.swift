import CRMInterface
import HTTPTransport
import SyncCore
import WireJSON

/// Sorts one Composite's reply out: every write gets an outcome.
enum SalesforceWriteReply {
    static func outcomes(
        _ response: HTTPResponse,
        _ parts: [[RecordWrite]],
        _ version: SalesforceVersion
    ) -> (outcomes: [Int64: WriteReply.Outcome], failure: SyncError?) {
        let all = parts.flatMap { $0 }
        func every(_ outcome: WriteReply.Outcome) -> [Int64: WriteReply.Outcome] {
            Dictionary(all.map { ($0.entryID, outcome) }) { first, _ in first }
        }
        guard (200..<300).contains(response.status) else {
            let error = SalesforceFailures.error(response, version)
            // A failure of the server may have come after the commit.
            if response.status >= 500, response.status != 503 { return (every(.unknown), error) }
            if case .holdRecord = error.disposition {
                return (every(.notStored(.retry(afterMilliseconds: 0))), error)
            }
            return (every(.notStored(error.disposition)), error)
        }
        guard let json = try? JSON(parsing: response.body),
            let answers = json["compositeResponse"]?.elements, answers.count == parts.count
        else { return (every(.unknown), SalesforceFailures.malformed()) }
        var outcomes: [Int64: WriteReply.Outcome] = [:]
        var failure: SyncError?
        for (part, answer) in zip(parts, answers) {
            let sorted = Self.outcomes(of: part, answer)
            outcomes.merge(sorted.outcomes) { first, _ in first }
            failure = failure ?? sorted.failure
        }
        return (outcomes, failure)
    }

    /// What became of a row that was written on a condition; `nil` where that was not judged.
    private static func conditional(
        _ write: RecordWrite,
        _ status: Int,
        _ body: JSON?
    ) -> WriteReply.Outcome? {
        switch status {
        case 200..<300:
            guard case .update(let id) = write.action else { return nil }
            return .confirmed(id: id, created: false, stamp: nil)
        // Somebody has written since the look, or does in a transaction that nobody is shown yet
        // (REST API: intro_rest_conditional_requests).
        case 412: return .notStored(.lookAgain(afterMilliseconds: 5_000))
        case 400, 403, 404, 409:
            guard let error = body?[0] else { return nil }
            guard let refusal = SalesforceFailures.rejection(error) else {
                return .notStored(.retry(afterMilliseconds: 1_000))
            }
            return .rejected(refusal)
        default: return nil
        }
    }

    private static func outcomes(
        of part: [RecordWrite],
        _ answer: JSON
    ) -> (outcomes: [Int64: WriteReply.Outcome], failure: SyncError?) {
        func every(_ outcome: WriteReply.Outcome) -> [Int64: WriteReply.Outcome] {
            Dictionary(part.map { ($0.entryID, outcome) }) { first, _ in first }
        }
        let status = Int(answer["httpStatusCode"]?.integer ?? 0)
        if let write = part.first, write.unmodifiedSince != nil,
            let outcome = Self.conditional(write, status, answer["body"])
        {
            return (every(outcome), nil)
        }
        guard (200..<300).contains(status), let body = answer["body"] else {
            let error = SalesforceFailures.error(status: status, answer["body"])
            if status >= 500 { return (every(.unknown), error) }
            if case .holdRecord = error.disposition {
                return (every(.notStored(.retry(afterMilliseconds: 0))), error)
            }
            return (every(.notStored(error.disposition)), error)
        }
        // Collections answers rows in the order of the request; a list of another length tells
        // nothing (REST API: resources_composite_sobjects_collections_create).
        let rows = body.elements
        guard rows.count == part.count else {
            return (every(.unknown), SalesforceFailures.malformed())
        }
        var outcomes: [Int64: WriteReply.Outcome] = [:]
        for (write, row) in zip(part, rows) {
            let isNew: Bool
            switch write.action {
            case .update, .delete: isNew = false
            case .createByKey, .createWithoutKey: isNew = true
            }
            outcomes[write.entryID] = SalesforceResponses.outcome(row, isNew: isNew)
        }
        return (outcomes, nil)
    }
}
