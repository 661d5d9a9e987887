import Foundation

/// What goes to the terminal beside the result: messages and a line of progress on standard error.
struct Console: Sendable {
    /// A person at a terminal sees progress all the time, a log now and then.
    private let isTerminal = isatty(2) == 1
    private var isShown = false
    private var loggedAt = ProcessInfo.processInfo.systemUptime
    /// The pause between two lines of progress in a log, in seconds.
    private static let logPause = 300.0

    /// Writes over the last line of progress.
    mutating func progress(_ text: String) {
        guard self.isTerminal else {
            let now = ProcessInfo.processInfo.systemUptime
            guard now - self.loggedAt >= Self.logPause else { return }
            self.loggedAt = now
            return Self.message(text)
        }
        self.isShown = true
        Self.write("\r\(text)\u{1B}[K")
    }

    /// Takes the line of progress away, so that something else can be printed.
    mutating func clear() {
        guard self.isShown else { return }
        self.isShown = false
        Self.write("\r\u{1B}[K")
    }

    static func message(_ text: String) {
        Self.write("duet-simulator: \(text)\n")
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
