/// `LIKE`: `%` for any text, `_` for one character, `\` takes the next one as it is.
enum LikePattern {
    static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        var pattern = pattern
        var text = text
        while let head = pattern.first {
            switch head {
            case UInt8(ascii: "%"):
                let rest = pattern.dropFirst()
                if rest.isEmpty { return true }
                while true {
                    if Self.matches(rest, text) { return true }
                    if text.popFirst() == nil { return false }
                }
            case UInt8(ascii: "_"):
                guard let taken = text.popFirst() else { return false }
                // One character may be several bytes.
                if taken >= 0xC0 {
                    while let next = text.first, next & 0xC0 == 0x80 { text.removeFirst() }
                }
                pattern.removeFirst()
            case UInt8(ascii: "\\") where pattern.count > 1:
                pattern.removeFirst()
                guard let literal = pattern.popFirst(), text.popFirst() == literal else {
                    return false
                }
            default:
                guard text.popFirst() == head else { return false }
                pattern.removeFirst()
            }
        }
        return text.isEmpty
    }
}
