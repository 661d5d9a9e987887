/// `LIKE`: `%` for any text, `_` for one character, `\` takes the next one as it is.
enum LikePattern {
    static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        var (pattern, text) = (pattern, text)
        // Where to go on when the rest does not fit: only the last `%` has to give more.
        var retry: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
        while true {
            if pattern.first == UInt8(ascii: "%") {
                pattern.removeFirst()
                if pattern.isEmpty { return true }
                retry = (pattern, text)
                continue
            }
            if pattern.isEmpty ? text.isEmpty : Self.takeOne(&pattern, &text) {
                if pattern.isEmpty, text.isEmpty { return true }
                continue
            }
            guard var last = retry, !last.text.isEmpty else { return false }
            last.text.removeFirst()
            retry = last
            (pattern, text) = last
        }
    }

    /// Matches one character of the pattern that is not `%`.
    private static func takeOne(
        _ pattern: inout ArraySlice<UInt8>,
        _ text: inout ArraySlice<UInt8>
    ) -> Bool {
        guard let head = pattern.popFirst() else { return false }
        switch head {
        case UInt8(ascii: "_"):
            guard let taken = text.popFirst() else { return false }
            // One character may be several bytes.
            if taken >= 0xC0 {
                while let next = text.first, next & 0xC0 == 0x80 { text.removeFirst() }
            }
            return true
        case UInt8(ascii: "\\") where !pattern.isEmpty:
            let literal = pattern.removeFirst()
            return text.popFirst() == literal
        default: return text.popFirst() == head
        }
    }
}
