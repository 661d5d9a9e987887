/// Reads what a `SnapshotWriter` wrote; holds one block at a time.
final class SnapshotReader {
    private var block: [UInt8] = []
    private var place = 0
    private var names: [String] = []
    private var knownTexts: [String] = []
    /// A property's name that was looked at and not taken.
    private var nextName: String?
    private let read: (Int) throws -> [UInt8]

    /// `read` answers that many bytes, fewer only at the end.
    init(_ read: @escaping (Int) throws -> [UInt8]) {
        self.read = read
    }

    /// What comes next; it stays there.
    func peek() throws -> SnapshotToken {
        if self.nextName != nil { return .name }
        if self.place == self.block.count { try self.load() }
        return SnapshotToken(rawValue: self.block[self.place]) ?? .end
    }

    func expect(_ token: SnapshotToken) throws {
        guard self.nextName == nil, let found = SnapshotToken(rawValue: try self.byte()) else {
            throw SnapshotFailure.otherContent
        }
        guard found == token else { throw SnapshotFailure.otherContent }
    }

    func integer() throws -> Int64 {
        try self.expect(.integer)
        let bits = try self.number()
        return Int64(bitPattern: bits >> 1) ^ -Int64(bits & 1)
    }

    func unsigned() throws -> UInt64 {
        try self.expect(.unsigned)
        return try self.number()
    }

    func double() throws -> Double {
        try self.expect(.double)
        var bits: UInt64 = 0
        for shift in 0..<8 { bits |= UInt64(try self.byte()) << (8 * shift) }
        return Double(bitPattern: bits)
    }

    func flag() throws -> Bool {
        let isYes = try self.peek() == .yes
        try self.expect(isYes ? .yes : .no)
        return isYes
    }

    func text() throws -> String {
        if try self.peek() == .sameText {
            try self.expect(.sameText)
            let number = Int(truncatingIfNeeded: try self.number())
            guard self.knownTexts.indices.contains(number) else {
                throw SnapshotFailure.otherContent
            }
            return self.knownTexts[number]
        }
        try self.expect(.text)
        let bytes = try self.take()
        let text = String(decoding: bytes, as: UTF8.self)
        if bytes.count <= SnapshotWriter.sharedTextMax,
            self.knownTexts.count < SnapshotWriter.sharedTextsMax
        {
            self.knownTexts.append(text)
        }
        return text
    }

    func bytes() throws -> [UInt8] {
        try self.expect(.bytes)
        return Array(try self.take())
    }

    /// The name of the property that comes next; `nil` where none does.
    func peekName() throws -> String? {
        if let nextName { return nextName }
        guard try self.peek() == .name else { return nil }
        try self.expect(.name)
        let number = Int(truncatingIfNeeded: try self.number())
        if number == self.names.count {
            self.names.append(String(decoding: try self.take(), as: UTF8.self))
        }
        guard self.names.indices.contains(number) else { throw SnapshotFailure.otherContent }
        self.nextName = self.names[number]
        return self.nextName
    }

    func takeName(_ name: String) throws {
        guard try self.peekName() == name else { throw SnapshotFailure.otherContent }
        self.nextName = nil
    }

    /// Reads the mark of the end, behind which nothing may stand.
    func finish() throws {
        guard self.place == self.block.count, self.nextName == nil,
            try self.read(8) == [UInt8](repeating: 0, count: 8), try self.read(1).isEmpty
        else { throw SnapshotFailure.damaged }
    }

    private func number() throws -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try self.byte()
            number |= UInt64(byte & 0x7F) << shift
            guard byte & 0x80 != 0 else { return number }
            shift += 7
            guard shift < 64 else { throw SnapshotFailure.damaged }
        }
    }

    private func byte() throws -> UInt8 {
        if self.place == self.block.count { try self.load() }
        defer { self.place += 1 }
        return self.block[self.place]
    }

    /// So many bytes as a number before them says; no text or file crosses the end of its block.
    private func take() throws -> ArraySlice<UInt8> {
        let count = try self.number()
        guard count <= UInt64(self.block.count - self.place) else { throw SnapshotFailure.damaged }
        defer { self.place += Int(count) }
        return self.block[self.place..<self.place + Int(count)]
    }

    private func load() throws {
        let head = try self.read(8)
        guard head.count == 8 else { throw SnapshotFailure.damaged }
        let numbers = [0, 4].map { start in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(head[start + $1]) << UInt32(8 * $1) }
        }
        guard numbers[0] > 0, numbers[0] <= Self.blockMax else { throw SnapshotFailure.damaged }
        let block = try self.read(Int(numbers[0]))
        guard block.count == Int(numbers[0]), Checksum.of(block) == numbers[1] else {
            throw SnapshotFailure.damaged
        }
        self.block = block
        self.place = 0
    }

    /// A block holds at least one value, and no value is longer.
    private static let blockMax: UInt32 = 1 << 30
}
