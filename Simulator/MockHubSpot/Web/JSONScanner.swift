/// Finds places in the text of a JSON document, for messages as Jackson words them.
struct JSONScanner: Sendable {
    enum Step: Sendable, Hashable {
        case name(String)
        case element(Int)
    }

    /// Where the text breaks a rule of JSON, and how.
    struct Fault: Sendable, Hashable {
        var offset: Int
        var text: String
    }

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// `line 3, column 9`, both from 1.
    func position(_ offset: Int) -> String {
        let before = self.bytes.prefix(offset)
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return "line \(line), column \(offset - start + 1)"
    }

    // MARK: - Faults

    /// What the text may go on with.
    private enum Expected {
        case value
        case valueOrEnd
        case nameOrEnd
        case name
        case colon
        case commaOrEnd
        case nothing
    }

    /// The first fault, or `nil`; the depth of containers costs no stack.
    func fault() -> Fault? {
        var containers: [UInt8] = []
        var expected = Expected.value
        var place = self.skipSpace(0)
        while place < self.bytes.count {
            let byte = self.bytes[place]
            switch (expected, byte) {
            case (.value, UInt8(ascii: "{")), (.valueOrEnd, UInt8(ascii: "{")):
                containers.append(byte)
                expected = .nameOrEnd
                place += 1
            case (.value, UInt8(ascii: "[")), (.valueOrEnd, UInt8(ascii: "[")):
                containers.append(byte)
                expected = .valueOrEnd
                place += 1
            case (.valueOrEnd, UInt8(ascii: "]")), (.nameOrEnd, UInt8(ascii: "}")),
                (.commaOrEnd, UInt8(ascii: "]")), (.commaOrEnd, UInt8(ascii: "}")):
                // Brackets differ by two from their counterparts.
                guard let opened = containers.popLast(), opened + 2 == byte else {
                    return self.unexpected(place)
                }
                expected = containers.isEmpty ? .nothing : .commaOrEnd
                place += 1
            case (.nameOrEnd, UInt8(ascii: "\"")), (.name, UInt8(ascii: "\"")):
                guard let end = self.endOfString(place) else { return self.ended }
                expected = .colon
                place = end
            case (.colon, UInt8(ascii: ":")):
                expected = .value
                place += 1
            case (.commaOrEnd, UInt8(ascii: ",")):
                expected = containers.last == UInt8(ascii: "{") ? .name : .value
                place += 1
            case (.value, _), (.valueOrEnd, _):
                switch self.scalar(place) {
                case .success(let end): place = end
                case .failure(let fault): return fault.fault
                }
                expected = containers.isEmpty ? .nothing : .commaOrEnd
            default: return self.unexpected(place)
            }
            place = self.skipSpace(place)
        }
        return expected == .nothing ? nil : self.ended
    }

    private struct Failure: Error {
        var fault: Fault
    }

    private var ended: Fault {
        self.skipSpace(0) == self.bytes.count
            ? Fault(offset: 0, text: "No content to map due to end-of-input")
            : Fault(offset: self.bytes.count, text: "Unexpected end-of-input")
    }

    private func unexpected(_ place: Int) -> Fault {
        let byte = self.bytes[place]
        let shown = (0x21...0x7E).contains(byte) ? String(Unicode.Scalar(byte)) : "?"
        return Fault(offset: place, text: "Unexpected character ('\(shown)' (code \(byte)))")
    }

    private func scalar(_ place: Int) -> Result<Int, Failure> {
        if self.bytes[place] == UInt8(ascii: "\"") {
            return self.endOfString(place).map { .success($0) }
                ?? .failure(Failure(fault: self.ended))
        }
        var end = place
        while end < self.bytes.count, Self.isWord(self.bytes[end]) { end += 1 }
        let word = String(decoding: self.bytes[place..<end], as: UTF8.self)
        guard end > place else { return .failure(Failure(fault: self.unexpected(place))) }
        let isKnown = ["true", "false", "null"].contains(word) || Double(word) != nil
        guard isKnown else {
            let text = "Unrecognized token '\(word.prefix(50))': was expecting (JSON String, "
            let rest = "Number, Array, Object or token 'null', 'true' or 'false')"
            return .failure(Failure(fault: Fault(offset: place, text: text + rest)))
        }
        return .success(end)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private func skipSpace(_ place: Int) -> Int {
        var place = place
        while place < self.bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(self.bytes[place]) {
            place += 1
        }
        return place
    }

    /// The place after a string that begins here, or `nil` if it does not end.
    private func endOfString(_ place: Int) -> Int? {
        var place = place + 1
        while place < self.bytes.count {
            switch self.bytes[place] {
            case UInt8(ascii: "\\"): place += 2
            case UInt8(ascii: "\""): return place + 1
            default: place += 1
            }
        }
        return nil
    }

    // MARK: - Looking a value up

    /// Where the value at a path begins, in a text without faults.
    func offset(of path: [Step]) -> Int {
        var place = self.skipSpace(0)
        for step in path {
            let inner = self.skipSpace(place + 1)
            let found: Int? =
                switch step {
                case .name(let name): self.member(name, from: inner)
                case .element(let number): self.element(number, from: inner)
                }
            guard let found else { return place }
            place = found
        }
        return place
    }

    private func member(_ wanted: String, from start: Int) -> Int? {
        var place = start
        while place < self.bytes.count, self.bytes[place] == UInt8(ascii: "\"") {
            guard let end = self.endOfString(place) else { return nil }
            let name = self.bytes[(place + 1)..<(end - 1)]
            place = self.skipSpace(self.skipSpace(end) + 1)
            if name.elementsEqual(wanted.utf8) { return place }
            place = self.skipSpace(self.endOfValue(place))
            guard place < self.bytes.count, self.bytes[place] == UInt8(ascii: ",") else {
                return nil
            }
            place = self.skipSpace(place + 1)
        }
        return nil
    }

    private func element(_ number: Int, from start: Int) -> Int? {
        var place = start
        for _ in 0..<number {
            place = self.skipSpace(self.endOfValue(place))
            guard place < self.bytes.count, self.bytes[place] == UInt8(ascii: ",") else {
                return nil
            }
            place = self.skipSpace(place + 1)
        }
        return place < self.bytes.count ? place : nil
    }

    private func endOfValue(_ start: Int) -> Int {
        var place = start
        var depth = 0
        while place < self.bytes.count {
            switch self.bytes[place] {
            case UInt8(ascii: "\""): place = self.endOfString(place) ?? self.bytes.count
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                place += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { return place }
                depth -= 1
                place += 1
            case UInt8(ascii: ","):
                guard depth > 0 else { return place }
                place += 1
            default: place += 1
            }
            if depth == 0, place < self.bytes.count, [0x2C, 0x5D, 0x7D].contains(self.bytes[place])
            {
                return place
            }
        }
        return place
    }
}
