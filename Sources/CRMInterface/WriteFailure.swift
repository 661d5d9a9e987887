import HTTPTransport
package import SyncCore

/// The reply of a batch that got none: unknown if it may have arrived, else to be sent again.
package enum WriteFailure {
    package static func reply(
        _ batch: [RecordWrite],
        _ failure: CallFailure,
        _ error: SyncError
    ) -> WriteReply {
        let outcome: WriteReply.Outcome
        switch failure {
        case .transport(let transport) where transport.reach == .maybeSent: outcome = .unknown
        case .transport: outcome = .notStored(.retry(afterMilliseconds: 5_000))
        case .refused(let error): outcome = .notStored(error.disposition)
        }
        return WriteReply(
            outcomes: Dictionary(batch.map { ($0.entryID, outcome) }) { first, _ in first },
            sent: .none,
            ended: .none,
            serverTime: nil,
            failure: error
        )
    }
}
