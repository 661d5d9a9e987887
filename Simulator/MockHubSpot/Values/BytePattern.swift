/// A text to be found inside others, byte by byte: letters with accents count as they are written.
struct BytePattern: Sendable, Hashable {
    private let bytes: [UInt8]

    init(_ text: some StringProtocol) { self.bytes = Array(text.utf8) }

    /// Whether the text stands anywhere in another one; the empty text always does.
    func isIn(_ text: String) -> Bool {
        guard let first = self.bytes.first else { return true }
        var text = text
        return text.withUTF8 { whole in
            self.bytes.withUnsafeBufferPointer { part in
                guard whole.count >= part.count else { return false }
                for start in 0...(whole.count - part.count) where whole[start] == first {
                    var same = 1
                    while same < part.count, whole[start + same] == part[same] { same += 1 }
                    if same == part.count { return true }
                }
                return false
            }
        }
    }
}
