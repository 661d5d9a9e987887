import Foundation

/// What the streams are: decides on colour and on moving progress.
package struct Terminal: Sendable {
    package var isOutputTTY: Bool
    package var isErrorTTY: Bool
    package var usesColor: Bool

    package init(environment: [String: String]) {
        self.isOutputTTY = isatty(1) == 1
        self.isErrorTTY = isatty(2) == 1
        let isForced = environment["FORCE_COLOR"].map { !$0.isEmpty && $0 != "0" } ?? false
        let isForbidden =
            environment["NO_COLOR"].map { !$0.isEmpty } ?? false
            || environment["TERM"] == "dumb"
        self.usesColor = isForced || (!isForbidden && self.isOutputTTY)
    }

    /// Data goes to standard output, whole lines at a time.
    package func print(_ text: String) {
        Self.write(text + "\n", to: 1)
    }

    /// Everything else goes to standard error.
    package func note(_ text: String) {
        Self.write(text + "\n", to: 2)
    }

    /// Replaces the line under the cursor on a terminal's standard error.
    package func redraw(_ text: String) {
        Self.write("\r\u{1B}[2K" + text, to: 2)
    }

    package func bold(_ text: String) -> String {
        self.usesColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    package func green(_ text: String) -> String {
        self.usesColor ? "\u{1B}[32m\(text)\u{1B}[0m" : text
    }

    package func red(_ text: String) -> String {
        self.usesColor ? "\u{1B}[31m\(text)\u{1B}[0m" : text
    }

    package func dim(_ text: String) -> String {
        self.usesColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text
    }

    private static func write(_ text: String, to stream: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(stream, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
