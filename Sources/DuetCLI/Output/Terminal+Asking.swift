import Foundation

extension Terminal {
    /// The longest answer that is read; the rest of its line is left out.
    private static let answerMax = 65_536

    /// Asks on standard error and reads a line of standard input; `nil` at its end.
    ///
    /// On a terminal a secret is not shown while it is typed.
    package func ask(_ question: String, isSecret: Bool) -> String? {
        Self.show(question + " ")
        let hides = isSecret && isatty(0) == 1 && HiddenTyping.begin()
        defer {
            if hides { HiddenTyping.end() }
            if hides || isatty(0) == 0 { Self.show("\n") }
        }
        guard let line = Self.readLine() else { return nil }
        return line.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func show(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Foundation.write(2, bytes, bytes.count)
    }

    private static func readLine() -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = read(0, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else {
                return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            if line.count < Self.answerMax { line.append(byte) }
        }
    }
}
