/// Writes tokens in blocks that are checked when they are read; holds one block at a time.
final class SnapshotWriter {
    /// Bytes of a block, about.
    static let blockSize = 256 << 10
    /// Longer texts are written out each time, and so is what comes after that many.
    static let sharedTextMax = 64
    static let sharedTextsMax = 1 << 16

    private var block: [UInt8] = []
    private var names: [String: Int] = [:]
    private var knownTexts: [String: Int] = [:]
    private let write: ([UInt8]) throws -> Void
    /// What the first write that failed threw; nothing is written after it.
    private var failure: (any Error)?

    init(_ write: @escaping ([UInt8]) throws -> Void) {
        self.write = write
        self.block.reserveCapacity(Self.blockSize + 4_096)
    }

    func token(_ token: SnapshotToken) {
        if self.block.count >= Self.blockSize { self.flush() }
        self.block.append(token.rawValue)
    }

    func integer(_ value: Int64) {
        self.token(.integer)
        self.number(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    func unsigned(_ value: UInt64) {
        self.token(.unsigned)
        self.number(value)
    }

    func double(_ value: Double) {
        self.token(.double)
        self.fixed(value.bitPattern)
    }

    func text(_ text: String) {
        let isShared = text.utf8.count <= Self.sharedTextMax
        if isShared, let known = self.knownTexts[text] {
            self.token(.sameText)
            return self.number(UInt64(known))
        }
        if isShared, self.knownTexts.count < Self.sharedTextsMax {
            self.knownTexts[text] = self.knownTexts.count
        }
        self.token(.text)
        self.number(UInt64(text.utf8.count))
        self.block.append(contentsOf: text.utf8)
    }

    func bytes(_ bytes: [UInt8]) {
        self.token(.bytes)
        self.number(UInt64(bytes.count))
        self.block.append(contentsOf: bytes)
    }

    /// The name of a property; its value follows.
    func name(_ name: String) {
        self.token(.name)
        if let known = self.names[name] { return self.number(UInt64(known)) }
        self.number(UInt64(self.names.count))
        self.names[name] = self.names.count
        self.number(UInt64(name.utf8.count))
        self.block.append(contentsOf: name.utf8)
    }

    /// Writes what is left and the mark of the end: a block without bytes.
    ///
    /// - Throws: what the first write that failed threw.
    func finish() throws {
        self.flush()
        self.put([UInt8](repeating: 0, count: 8))
        if let failure { throw failure }
    }

    /// A number in groups of seven bits, the lowest first.
    private func number(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            self.block.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        self.block.append(UInt8(rest))
    }

    private func fixed(_ value: UInt64) {
        for shift in 0..<8 { self.block.append(UInt8(truncatingIfNeeded: value >> (8 * shift))) }
    }

    /// A block: how many bytes, their checksum, and they.
    private func flush() {
        guard !self.block.isEmpty else { return }
        var head: [UInt8] = []
        for number in [UInt32(self.block.count), Checksum.of(self.block)] {
            for shift in 0..<4 { head.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
        }
        self.put(head)
        self.put(self.block)
        self.block.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: [UInt8]) {
        guard self.failure == nil else { return }
        do { try self.write(bytes) } catch { self.failure = error }
    }
}
