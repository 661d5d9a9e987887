import SyncCore

/// A pause in words.
enum PauseText {
    static func line(_ pause: Pause) -> String {
        let what = pause.mapping ?? "everything"
        let since = pause.since > 0 ? " since \(Clock.text(pause.since))" : ""
        let until = pause.until.map { " until \(Clock.text($0))" } ?? ""
        let reason = pause.reason.map { ": \($0)" } ?? ""
        let end = pause.mapping.map { "duet resume \($0)" } ?? "duet resume"
        return "Paused: \(what)\(since)\(until)\(reason). Go on with: \(end)"
    }

    /// Why a command that writes does not.
    static func refusal(_ pause: Pause) -> SyncError {
        let reason = pause.reason.map { " (\($0))" } ?? ""
        return SyncError(
            code: .cancelled,
            cause: "Everything is paused\(reason).",
            nextStep: "Go on with `duet resume`, then run this again."
        )
    }
}
