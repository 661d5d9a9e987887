/// Walks the numbers and bytes of a packed record.
struct RecordBlobReader {
    var offset: Int

    /// The next LEB128 number, or `nil` where there is none.
    mutating func number(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while self.offset < bytes.count, shift < 56 {
            let byte = bytes[self.offset]
            self.offset += 1
            result |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return Int(result) }
            shift += 7
        }
        return nil
    }

    /// Passes so many bytes; `false`, at the same place, where there are fewer.
    @discardableResult
    mutating func skip(_ count: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count >= 0, count <= bytes.count - self.offset else { return false }
        self.offset += count
        return true
    }
}
