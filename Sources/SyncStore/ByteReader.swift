/// Reads what `StoreCoding` packed; `nil` at the first thing that is not there.
struct ByteReader {
    private let bytes: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func byte() -> UInt8? {
        guard self.offset < self.bytes.count else { return nil }
        self.offset += 1
        return self.bytes[self.offset - 1]
    }

    mutating func number() -> Int? {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 63, let byte = self.byte() {
            result |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return Int(result) }
            shift += 7
        }
        return nil
    }

    mutating func data() -> [UInt8]? {
        self.slice().map { Array($0) }
    }

    mutating func text() -> String? {
        self.slice().map { String(decoding: $0, as: UTF8.self) }
    }

    private mutating func slice() -> ArraySlice<UInt8>? {
        guard let count = self.number(), count <= self.bytes.count - self.offset else { return nil }
        defer { self.offset += count }
        return self.bytes[self.offset..<self.offset + count]
    }
}
