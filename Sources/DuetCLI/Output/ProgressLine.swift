import HTTPTransport
package import SyncRuntime
import SyncCore

/// Tells a watcher how far a run has come: one moving line on a terminal, else a plain line now
/// and then.
package final class ProgressLine: Sendable {
    private let terminal: Terminal
    private let isQuiet: Bool
    private let state = Locked<State>(State())

    private struct State {
        var lastText = ""
        var records = 0
    }

    package init(terminal: Terminal, isQuiet: Bool) {
        self.terminal = terminal
        self.isQuiet = isQuiet
    }

    package func show(_ event: ProgressEvent) {
        guard !self.isQuiet, let text = Self.text(of: event) else { return }
        self.state.withLock { state in
            if self.terminal.isErrorTTY {
                self.terminal.redraw(text)
            } else if Self.isStep(event), text != state.lastText {
                self.terminal.note(text)
            }
            state.lastText = text
        }
    }

    /// Leaves the line as it is and goes to the next one.
    package func finish() {
        guard !self.isQuiet, self.terminal.isErrorTTY else { return }
        self.state.withLock { state in
            if !state.lastText.isEmpty { self.terminal.redraw("") }
            state.lastText = ""
        }
    }

    private static func text(of event: ProgressEvent) -> String? {
        switch event {
        case .reading(let side, let object, let records):
            "Reading \(object) from \(Words.name(of: side)): \(records)"
        case .matching(let records): "Matching records: \(records)"
        case .decided(let records): "Deciding: \(records)"
        case .writing(let side, let done, let planned):
            "Writing to \(Words.name(of: side)): \(done) of \(planned)"
        case .waiting(let side, let milliseconds):
            "Waiting for \(Words.name(of: side))'s limit: \((milliseconds + 999) / 1_000) s"
        case .paused(let error, let milliseconds):
            "\(error.cause) It is tried again in \((milliseconds + 999) / 1_000) s."
        case .cycleEnded: nil
        }
    }

    /// Without a terminal only every fifth thousand is said, so that a log stays readable.
    private static func isStep(_ event: ProgressEvent) -> Bool {
        switch event {
        case .reading(_, _, let records), .matching(let records), .decided(let records):
            records % 5_000 == 0 && records > 0
        case .writing(_, let done, let planned): done % 5_000 == 0 || done == planned
        case .waiting(_, let milliseconds): milliseconds >= 5_000
        case .paused: true
        case .cycleEnded: false
        }
    }
}
