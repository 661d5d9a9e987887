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

    private static func outcomes(
        of part: [RecordWrite],
        _ answer: JSON
    ) -> (outcomes: [Int64: WriteReply.Outcome], failure: SyncError?) {
        func every(_ outcome: WriteReply.Outcome) -> [Int64: WriteReply.Outcome] {
            Dictionary(part.map { ($0.entryID, outcome) }) { first, _ in first }
        }
        let status = Int(answer["httpStatusCode"]?.integer ?? 0)
        guard (200..<300).contains(status), let body = answer["body"] else {
            let error = SalesforceFailures.error(status: status, answer["body"])
            if status >= 500 { return (every(.unknown), error) }
            if case .holdRecord = error.disposition {
                return (every(.notStored(.retry(afterMilliseconds: 0))), error)
            }
            return (every(.notStored(error.disposition)), error)
        }
        // Collections answers rows in the order of the request; a list of another length tells
        // nothing (REST API: sObject Collections).
        let rows = body.elements
        guard rows.count == part.count else {
            return (every(.unknown), SalesforceFailures.malformed())
        }
        var outcomes: [Int64: WriteReply.Outcome] = [:]
        for (write, row) in zip(part, rows) {
            let isNew: Bool
            switch write.action {
            case .update: isNew = false
            case .createByKey, .createWithoutKey: isNew = true
            }
            outcomes[write.entryID] = SalesforceResponses.outcome(row, isNew: isNew)
        }
        return (outcomes, nil)
    }
}
